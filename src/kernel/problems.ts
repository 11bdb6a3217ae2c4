import { z } from 'zod'
import { didYouMean } from './nearest.ts'

/** One thing that is wrong with what somebody wrote, and where in it. */
export interface Problem {
  /** Keys and indexes from the top of the input to the offending value. */
  path: readonly (string | number)[]
  /** What must hold and what was found, without the place. */
  message: string
}

/** A strict object schema that refuses an unknown key with the nearest known one. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue['keys'] as string[])
            .map((key) =>
              `"${key}" is not an option. ${didYouMean(key, Object.keys(shape))}`.trim(),
            )
            .join(' ')
        : undefined,
  })
}

/** The problems that zod found, every one of them, in the words of the house. */
export function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    const found = show(at(input, path))
    switch (issue.code) {
      case 'unrecognized_keys':
        return [{ path, message: issue.message }]
      case 'invalid_type':
        return [
          {
            path,
            message:
              found === undefined
                ? 'is missing'
                : `must be a ${issue.expected}, got ${found}${inQuotes(issue.expected, found)}`,
          },
        ]
      case 'invalid_value':
        return [
          { path, message: `must be one of ${issue.values.join(', ')}, got ${found ?? 'nothing'}` },
        ]
      case 'invalid_union': {
        const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? []
        return deepest.length > 0 && depth(deepest) > 0
          ? problemsOf(
              new z.ZodError(
                deepest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
              ),
              input,
            )
          : [{ path, message: `${issue.message}, got ${found ?? 'nothing'}` }]
      }
      default:
        return [
          { path, message: found === undefined ? issue.message : `${issue.message}, got ${found}` },
        ]
    }
  })
}

/** YAML reads digits without quotes as a quantity. */
const inQuotes = (expected: string, found: string) =>
  expected === 'string' && /^-?\d/.test(found) ? '. Put it in quotes' : ''

const depth = (issues: readonly z.core.$ZodIssue[]) =>
  Math.max(0, ...issues.map((issue) => issue.path.length))

function at(input: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined,
    input,
  )
}

function show(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
