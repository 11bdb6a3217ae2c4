import { dropAbsent } from './drop-absent.ts'
import type { Documents, Person } from './person.ts'
import { validityOn, type ValidityEntry } from './validity.ts'

/**
 * The documents that somebody has integrated into their account, as a file describes them. Where no
 * number is said, it is the personal number, as it is for social insurance since August 2025 and
 * for taxes since July 2025.
 */
export interface DocumentsEntry {
  health_insurance?: Dated<{ number: string; place_of_care?: string | undefined }> | undefined
  social_insurance?: { number?: string | undefined } | undefined
  driving_licence?: Dated<{ number: string; class: string }> | undefined
  vehicles?: Dated<{ plate: string; kind: string; make?: string | undefined }>[] | undefined
  health_book?: Dated<{ number: string }> | undefined
  judicial_record?: Dated<{ number: string; has_convictions: boolean }> | undefined
  tax?: { code?: string | undefined } | undefined
  benefits_account?: { bank: string; account_number: string } | undefined
}

type Dated<T> = T & ValidityEntry

/** The claims that documents are told by, each a claim of its own. */
export const documentClaims: readonly string[] = [
  'health_insurance',
  'social_insurance',
  'driving_licence',
  'vehicles',
  'health_book',
  'judicial_record',
  'tax',
  'benefits_account',
] satisfies (keyof DocumentsEntry)[]

/** Documents whose days are fixed. */
export function settleDocuments(
  entry: DocumentsEntry,
  { today, number }: { today: string; number: string },
): Documents {
  const { social_insurance: insurance, tax, ...dated } = entry
  return dropAbsent({
    ...(withKeys(datedOn(dated, today), camelCase) as Documents),
    socialInsurance: insurance && { number: insurance.number ?? number },
    tax: tax && { code: tax.code ?? number },
  })
}

/** Documents as a file describes them, with the days that they have. */
export const documentsEntry = (documents: Documents): DocumentsEntry =>
  withKeys(documents, snakeCase) as DocumentsEntry

/** By their names on the wire. Nothing below level 2. Real: there, a service of its own says them. */
export function documentsTold({ account, documents }: Person): Record<string, unknown> {
  if (account.level !== 2 || documents === undefined) return {}
  const known = told.get(documents)
  if (known) return known
  const named = withKeys(documents, snakeCase) as Record<string, unknown>
  told.set(documents, named)
  return named
}

/** Asked for at every sign-in, and the same as long as the documents are. */
const told = new WeakMap<Documents, Record<string, unknown>>()

/** Every day that is said of a document, and where. */
export function documentDays(documents: Documents = {}): { at: string; day: string }[] {
  return Object.entries(documents as Record<string, object | readonly object[]>).flatMap(
    ([name, one]) =>
      [one].flat().flatMap((document) => {
        const { issuedOn } = document as { issuedOn?: string }
        return issuedOn === undefined ? [] : [{ at: snakeCase(name), day: issuedOn }]
      }),
  )
}

/** Each with its days; of those that are many, each of them. */
function datedOn(entry: object, today: string): unknown {
  const fixed = (one: unknown): unknown =>
    Array.isArray(one) ? one.map(fixed) : isDated(one) ? validityOn(one, today) : one
  return Object.fromEntries(Object.entries(entry).map(([name, one]) => [name, fixed(one)]))
}

const isDated = (one: unknown): one is ValidityEntry =>
  typeof one === 'object' && one !== null && ('issued_on' in one || 'issued_years_ago' in one)

export const camelCase = (key: string): string =>
  key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const snakeCase = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The same value with other names for its keys, at every depth. */
function withKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withKeys(one, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      one === undefined ? [] : [[rename(key), withKeys(one, rename)]],
    ),
  )
}
