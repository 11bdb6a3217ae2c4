/**
 * One line for a terminal, which obeys control characters: anybody chooses the name of a client or
 * person, and the path of a request.
 */
export const printable = (text: string): string => text.replaceAll(/\p{C}/gu, ' ')

/** The same for text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')
