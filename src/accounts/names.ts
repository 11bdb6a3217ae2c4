/** A full name in its parts. `familyName` is empty for people who have a single name. */
export interface NameParts {
  familyName: string
  middleName?: string
  givenName: string
}

/**
 * Splits a full name, family name first. A Vietnamese given name is the last word and what is
 * between is the middle name; a foreigner's further words are all given names.
 */
export function splitName(name: string, kind: 'citizen' | 'foreigner'): NameParts {
  const [first = '', ...rest] = name.split(' ')
  if (rest.length === 0) return { familyName: '', givenName: first }
  if (kind === 'foreigner') return { familyName: first, givenName: rest.join(' ') }
  const givenName = rest.pop() ?? ''
  return {
    familyName: first,
    ...(rest.length > 0 && { middleName: rest.join(' ') }),
    givenName,
  }
}
