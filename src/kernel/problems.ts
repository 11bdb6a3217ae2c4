import * as z from 'zod'
import { didYouMean } from './nearest.ts'

/** One thing that is wrong with what somebody wrote, and where in it. */
export interface Problem {
  /** Keys and indexes from the top of the input to the offending value. */
  path: readonly (string | number)[]
  /** What must hold and what was found, without the place. */
  message: string
}

/**
 * A strict object schema that refuses an unknown key with the nearest known one. Zod has one
 * message for all unknown keys of an object: ours has a line for each, which {@link problemsOf}
 * takes apart.
 */
export function strictObject<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue['keys'].map((key) => unknownKey(key, Object.keys(shape))).join('\n')
        : undefined,
  })
}

function unknownKey(key: string, known: readonly string[]): string {
  return `${JSON.stringify(key)} is not an option. ${didYouMean(key, known)}`.trim()
}

/**
 * What may be repeated of values that hold a secret, by the name of their key: `undefined` for
 * nothing of it.
 */
export type Secrets = Readonly<Record<string, (value: unknown) => unknown>>

/** What could be read of an input, and everything that is wrong with it. */
export interface Reading<T> {
  /** As the schema has it; `undefined` when too little could be read. */
  value: T | undefined
  problems: Problem[]
  /** Keys of the input that are not in the value, because of a problem with them or below them. */
  leftOut: ReadonlySet<string>
}

/**
 * Reads an input as far as it can be read, so that one problem hides no other. An unknown key is
 * left out wherever it is; of an object with other problems, each of its own keys that has one. A
 * stand-in takes the place of a key that the schema cannot do without.
 */
export function readPartly<T>(
  schema: z.ZodType<T>,
  input: unknown,
  standIns: Readonly<Record<string, unknown>> = {},
  secrets: Secrets = {},
): Reading<T> {
  const whole = schema.safeParse(input)
  if (whole.success) return { value: whole.data, problems: [], leftOut: new Set() }
  const unknown = unknownKeysOf(whole.error)
  const known = without(input, unknown)
  const rest = schema.safeParse(known)
  const problems = [
    ...problemsOf(new z.ZodError(unknown), input),
    ...(rest.success ? [] : problemsOf(rest.error, known, secrets)),
  ]
  if (rest.success) return { value: rest.data, problems, leftOut: new Set() }
  const leftOut = new Set(rest.error.issues.map(({ path }) => String(path[0] ?? '')))
  if (leftOut.has('')) return { value: undefined, problems, leftOut }
  const { data: value } = schema.safeParse({ ...standIns, ...withoutKeys(known, leftOut) })
  return { value, problems, leftOut }
}

const unknownKeysOf = ({ issues }: z.ZodError) =>
  issues.filter((issue) => issue.code === 'unrecognized_keys')

function without(input: unknown, unknown: readonly z.core.$ZodIssueUnrecognizedKeys[]): unknown {
  const known = structuredClone(input)
  for (const { path, keys } of unknown) {
    const place = at(known, path as (string | number)[]) as Record<string, unknown>
    for (const key of keys) delete place[key]
  }
  return known
}

const withoutKeys = (input: unknown, keys: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(input as object).filter(([key]) => !keys.has(key)))

/** The same problems, of something that stands at a place in a greater whole. */
export const problemsAt = (place: Problem['path'], problems: readonly Problem[]): Problem[] =>
  problems.map(({ path, message }) => ({ path: [...place, ...path], message }))

/** The problems that zod found, every one of them, in the words of the house. */
export function problemsOf(error: z.ZodError, input: unknown, secrets: Secrets = {}): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    const value = at(input, path)
    const isMissing = value === undefined
    const got = gotOf(value, path.at(-1), secrets)
    switch (issue.code) {
      case 'unrecognized_keys': {
        const messages = issue.message.split('\n')
        return issue.keys.map((key, index) => ({ path: [...path, key], message: messages[index]! }))
      }
      case 'invalid_type':
        return [{ path, message: isMissing ? 'is missing' : wrongType(issue, value, got) }]
      case 'invalid_value': {
        const values = `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
        const meant =
          typeof value === 'string'
            ? didYouMean(
                value,
                issue.values.filter((value) => typeof value === 'string'),
              )
            : ''
        const message = isMissing
          ? `is missing: ${values}`
          : `must be ${values}${got}${meant === '' ? '' : `. ${meant.trim()}`}`
        return [{ path, message }]
      }
      case 'invalid_union': {
        const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? []
        return deepest.length > 0 && depth(deepest) > 0
          ? problemsOf(
              new z.ZodError(
                deepest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
              ),
              input,
              secrets,
            )
          : [{ path, message: `${issue.message}${isMissing ? ', got nothing' : got}` }]
      }
      case 'too_small':
      case 'too_big':
      case 'invalid_format':
      case 'not_multiple_of':
      case 'invalid_key':
      case 'invalid_element':
      case 'custom':
        break
    }
    return [{ path, message: `${boundOf(issue) ?? issue.message}${got}` }]
  })
}

/** What zod expects, with the article that a sentence needs. */
const kinds: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  int: 'an integer',
  object: 'an object',
  record: 'an object',
}

function wrongType(issue: z.core.$ZodIssueInvalidType, value: unknown, got: string): string {
  const { expected, message } = issue
  if (message.startsWith('must ')) return `${message}${got}`
  const kind = kinds[expected] ?? `a ${expected}`
  return `must be ${kind}${got}${inQuotes(expected, value)}`
}

/** Zod's own words for a bound, unless the schema has better ones. */
function boundOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined
  if (!issue.message.startsWith('Too ')) return undefined
  const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum
  const most = issue.code === 'too_small' ? 'at least' : 'at most'
  if (issue.origin === 'string')
    return bound === 1 ? 'must not be empty' : `must have ${most} ${bound} characters`
  if (issue.origin === 'array')
    return `must have ${most} ${bound} ${bound === 1 ? 'item' : 'items'}`
  return `must be ${most} ${bound}`
}

/** YAML reads digits without quotes as a quantity. */
const inQuotes = (expected: string, value: unknown) =>
  expected === 'string' && typeof value === 'number' ? '. Put it in quotes' : ''

const depth = (issues: readonly z.core.$ZodIssue[]) =>
  issues.reduce((most, { path }) => Math.max(most, path.length), 0)

function at(input: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined,
    input,
  )
}

/** What was found, as the end of a sentence, without the secrets in it. */
function gotOf(value: unknown, key: string | number | undefined, secrets: Secrets): string {
  const repeated = (name: string, inner: unknown) => {
    const mayRepeat = Object.hasOwn(secrets, name) ? secrets[name] : undefined
    return mayRepeat && inner !== null ? mayRepeat(inner) : inner
  }
  // Undefined stays so, and is no text.
  const text: string | undefined = JSON.stringify(repeated(String(key), value), repeated)
  if (text === undefined) return ''
  return `, got ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`
}
