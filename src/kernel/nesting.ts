/** How many maps and lists may stand in each other: more than anything that is asked for. */
export const deepestNesting = 64

/**
 * The first part of something that is nested deeper than that. Level by level, since what is too
 * deep would also be too deep for a function that calls itself.
 *
 * @param partsOf The maps and lists that stand in one.
 */
export function tooDeepIn<Part>(
  whole: Part,
  partsOf: (part: Part) => readonly Part[],
): Part | undefined {
  let present = new Set([whole])
  for (let level = 0; level < deepestNesting && present.size > 0; level++)
    present = new Set([...present].flatMap((part) => partsOf(part)))
  const [first] = present
  return first
}

/** Whether data is nested deeper than that. */
export const isTooDeep = (value: unknown): boolean =>
  isObject(value) &&
  tooDeepIn<object>(value, (one) => Object.values(one).filter(isObject)) !== undefined

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
