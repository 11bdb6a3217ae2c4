import type { Reference } from '../../kernel/index.ts'

/** What a record is called in Redis. */
export const nameOf = (kind: string, id: string): string => joined([kind, id])

/** A pointer's name begins with `@`, which no record's does. */
export const pointerOf = (...parts: string[]): string => `@${joined(parts)}`

export const partsOf = (name: string): string[] => name.split(':').map(decodeURIComponent)

export const referenceOf = ({ kind, pointer, value }: Reference): string =>
  pointer === undefined ? nameOf(kind, value) : pointerOf(kind, pointer, value)

export function asReference(name: string): Reference {
  const [kind = '', second = '', third] = partsOf(name.replace(/^@/, ''))
  return third === undefined ? { kind, value: second } : { kind, pointer: second, value: third }
}

const joined = (parts: readonly string[]) => parts.map(encodeURIComponent).join(':')
