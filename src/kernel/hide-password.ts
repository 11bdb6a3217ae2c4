/** An address without whoever is let in by it, even where it is malformed. */
export const hideUser = (address: string): string =>
  address.replace(/^([a-z\d.+-]*:\/\/)?.*@/is, '$1…@')

/** An address as it may be shown: its query may hold a password too. */
export const hidePassword = (address: string): string => hideUser(address).replace(/[?#].*$/s, '')
