import { closest, distance } from 'fastest-levenshtein'

/** The known name that was most likely meant, or `undefined` when none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  return finder(known)(name)
}

/** `Did you mean "x"? ` with a trailing space, or nothing when no known name is close. */
export function didYouMean(name: string, known: Iterable<string>): string {
  return question(nearest(name, known))
}

/**
 * Asks as {@link didYouMean} of one name after another. Finding one among all takes its time where
 * thousands are known: only the first twenty different names are looked for, and the others have no
 * answer.
 */
export function didYouMeanAmong(known: Iterable<string>): (name: string) => string {
  const answers = new Map<string, string>()
  let find: ReturnType<typeof finder> | undefined
  return (name) => {
    if (!answers.has(name) && answers.size < mostLookedFor)
      answers.set(name, question((find ??= finder(known))(name)))
    return answers.get(name) ?? ''
  }
}

const mostLookedFor = 20

const question = (candidate: string | undefined) =>
  candidate === undefined ? '' : `Did you mean "${candidate}"? `

function finder(known: Iterable<string>): (name: string) => string | undefined {
  const names = [...known]
  const lower = names.map((name) => name.toLowerCase())
  return (name) => {
    if (names.length === 0) return undefined
    const wanted = name.toLowerCase()
    const candidate = closest(wanted, lower)
    const tolerated = Math.max(2, Math.ceil(candidate.length / 3))
    return distance(wanted, candidate) <= tolerated ? names[lower.indexOf(candidate)] : undefined
  }
}
