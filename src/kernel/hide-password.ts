/** An address as it may be shown: whoever is let in by it is left out, even where it is malformed. */
export const hidePassword = (address: string): string =>
  address.replace(/^([a-z\d.+-]*:\/\/)?.*@/is, '$1…@').replace(/[?#].*$/s, '')
