import { closest, distance } from 'fastest-levenshtein'

/** The known name that was most likely meant, or `undefined` when none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  if (names.length === 0) return undefined
  const candidate = closest(name.toLowerCase(), names)
  const tolerated = Math.max(2, Math.ceil(candidate.length / 3))
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= tolerated ? candidate : undefined
}

/** `Did you mean "x"? ` with a trailing space, or nothing when no known name is close. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const candidate = nearest(name, known)
  return candidate === undefined ? '' : `Did you mean "${candidate}"? `
}
