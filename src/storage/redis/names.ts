import type { Reference } from '../../kernel/index.ts'

/** What a record is called in Redis. */
export const nameOf = (kind: string, id: string): string => joined([kind, id])

/** A pointer's name begins with `@`, which no record's does. */
export const pointerOf = (...parts: string[]): string => `@${joined(parts)}`

export const partsOf = (name: string): string[] => name.split(':').map(decoded)

export const referenceOf = ({ kind, pointer, value }: Reference): string =>
  pointer === undefined ? nameOf(kind, value) : pointerOf(kind, pointer, value)

export function asReference(name: string): Reference {
  const [kind = '', second = '', third] = partsOf(name.replace(/^@/, ''))
  return third === undefined ? { kind, value: second } : { kind, pointer: second, value: third }
}

const joined = (parts: readonly string[]) => parts.map(encoded).join(':')

/** With `u` two that belong together are one character, and no surrogates. */
const loneSurrogate = /\p{Surrogate}/u

/**
 * Any text, also one that UTF-8 cannot have: a surrogate that stands alone is written as `%u` and
 * its number, which nothing else is written as.
 */
export function encoded(text: string): string {
  if (!loneSurrogate.test(text)) return encodeURIComponent(text)
  const parts = text.split(/(\p{Surrogate})/u)
  return parts
    .map((part, index) =>
      index % 2 === 0 ? encodeURIComponent(part) : `%u${part.charCodeAt(0).toString(16)}`,
    )
    .join('')
}

export function decoded(text: string): string {
  if (!text.includes('%u')) return decodeURIComponent(text)
  const parts = text.split(/%u([\da-f]{4})/)
  return parts
    .map((part, index) =>
      index % 2 === 0 ? decodeURIComponent(part) : String.fromCharCode(parseInt(part, 16)),
    )
    .join('')
}
