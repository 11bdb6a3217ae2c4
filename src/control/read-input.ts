import { problemsOf, type Problem } from '../kernel/index.ts'
import type { Operation } from './operations/operation.ts'
import type { OperationInputs, OperationName } from './operations/types.ts'
import { ControlRefused } from './refused.ts'

/**
 * An input as its operation takes it.
 *
 * @throws {@link ControlRefused} With everything that is wrong with it.
 */
export function readInput<K extends OperationName>(
  operation: Operation<K>,
  input: unknown,
): OperationInputs[K] {
  const illFormed = illFormedIn(input)
  if (illFormed.length > 0) throw requestInvalid(operation.name, placed(operation, illFormed))
  const read = operation.input.safeParse(input)
  if (read.success) return read.data
  throw requestInvalid(operation.name, placed(operation, problemsOf(read.error, input)))
}

/** With `u` two that belong together are one character, and no surrogates. */
const loneSurrogate = /\p{Surrogate}/u

/** Where there is text that is none: it could not be sent back, nor be a part of an address. */
export function illFormedIn(input: unknown): Problem[] {
  const problems: Problem[] = []
  const left: Problem['path'][] = [[]]
  const values: unknown[] = [input]
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const value = values.pop()
    if (typeof value === 'string' && loneSurrogate.test(value))
      problems.push({ path, message: `must be whole characters, got ${JSON.stringify(value)}` })
    if (typeof value !== 'object' || value === null) continue
    for (const [key, member] of Object.entries(value)) {
      const isIn = [...path, Array.isArray(value) ? Number(key) : key]
      left.push(isIn)
      values.push(member)
      if (loneSurrogate.test(key))
        problems.push({ path: isIn, message: 'must have a name of whole characters' })
    }
  }
  return problems
}

/** Nobody who sends the field as the whole body has written its name. */
const placed = ({ wholeBody }: Operation, problems: readonly Problem[]): Problem[] =>
  problems.map(({ path, message }) => ({
    path: path[0] === wholeBody && path.length > 0 ? path.slice(1) : path,
    message,
  }))

/** What was asked for, and everything that is wrong with how. */
export function requestInvalid(asked: string, problems: readonly Problem[]): ControlRefused {
  const lines = problems.map(inOneLine)
  const detail =
    lines.length === 1
      ? `${asked} was not done: ${lines[0]}`
      : `${asked} was not done (${lines.length} problems):\n${lines.map((line) => `  ${line}`).join('\n')}`
  return new ControlRefused({ code: 'ERR_REQUEST_INVALID', detail: ended(detail), problems })
}

/** A key that is not known is named by the message itself. */
function inOneLine({ path, message }: Problem): string {
  const isNamed = message.startsWith(`${JSON.stringify(path.at(-1))} is not`)
  return `${pathText(isNamed ? path.slice(0, -1) : path)} ${message}`.trim()
}

const ended = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`)

/** `card.issuedOn`, `keys[0]`. */
function pathText(path: Problem['path']): string {
  return path.reduce<string>(
    (before, part) =>
      typeof part === 'number' ? `${before}[${part}]` : before === '' ? part : `${before}.${part}`,
    '',
  )
}

/**
 * An input as JSON has it, so that it is the same at every door: without what is `undefined`, with
 * dates as text.
 *
 * @throws {@link ControlRefused} When JSON cannot have it.
 */
export function asJson(asked: string, input: unknown): Record<string, unknown> {
  try {
    return JSON.parse(JSON.stringify(input)) as Record<string, unknown>
  } catch (error) {
    const { message } = error as Error
    throw requestInvalid(asked, [{ path: [], message: `cannot be JSON: ${message}` }])
  }
}
