/**
 * How many removed keys a table remembers, so that whoever follows it is told of each. Who comes
 * from before that is told everything anew.
 */
export const tombstonesKept = 1000
