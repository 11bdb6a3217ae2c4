import type { Changes, Json } from '../kernel/index.ts'
import { dropAbsent } from './drop-absent.ts'
import type { PersonEntry } from './people-file.ts'
import { settlePerson } from './settle.ts'
import type { Known } from './settled-file.ts'

/** What a world's changes say of a person: all there is to know of them now, or that they are gone. */
export type PersonRecord =
  | {
      entry: PersonEntry
      /** From when the entry counts its years and days, in milliseconds. */
      beganAt: number
      /** When it was changed, by the world's clock. */
      updatedAt: number
    }
  | { removed: true }

/** Under what a changed person stands in the world's changes. */
export const personKey = (id: string): string => `person:${id}`

/** A person who was removed, but whom the file still has. */
export const removedPerson: Json = { removed: true }

/** Somebody who was removed, and of what they held something may be there still. */
export interface Leaver {
  id: string
  number: string
}

/** Under what a person who was removed stands until nothing is left of what they held. */
export const leaverKey = (id: string): string => `leaver:${id}`

/** Those who were removed, by id, until nothing is left of what they held. */
export const leaversOf = (changes: Changes): ReadonlyMap<string, Leaver> =>
  changes.of('leaver') as ReadonlyMap<string, unknown> as ReadonlyMap<string, Leaver>

/** A person as the world's changes keep them, changed now. */
export function recordOf({ entry }: Known, now: number): Json {
  const record: PersonRecord = { entry: dropAbsent(entry), beganAt: now, updatedAt: now }
  return record as unknown as Json
}

/** A person as the world's changes have them; `undefined` when they were removed. */
export function readRecord(value: Json): Known | undefined {
  const record = value as unknown as PersonRecord
  if ('removed' in record) return undefined
  const { entry, beganAt, updatedAt } = record
  return { entry, person: { ...settlePerson(entry, beganAt), updatedAt } }
}
