import { closest, distance } from 'fastest-levenshtein'

/** The known name that was most likely meant, or `undefined` when none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  if (names.length === 0) return undefined
  const lower = names.map((known) => known.toLowerCase())
  const wanted = name.toLowerCase()
  const candidate = closest(wanted, lower)
  const tolerated = Math.max(2, Math.ceil(candidate.length / 3))
  return distance(wanted, candidate) <= tolerated ? names[lower.indexOf(candidate)] : undefined
}

/** `Did you mean "x"? ` with a trailing space, or nothing when no known name is close. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const candidate = nearest(name, known)
  return candidate === undefined ? '' : `Did you mean "${candidate}"? `
}
