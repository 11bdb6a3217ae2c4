import type { Dump, Json, Keep } from '../kernel/index.ts'

/** A record as it stands in a dump. */
export interface DumpedRecord extends Keep {
  kind: string
  id: string
  value: Json
  claimedAt?: number
}

/** What a dump says, alike for every maker. */
export interface Dumped {
  /** When it was made, in milliseconds of the world's clock: nothing in it had ended then. */
  at: number
  records: readonly DumpedRecord[]
  /** In the order of the changes. */
  table: readonly (readonly [key: string, value: Json])[]
  logs: Readonly<Record<string, readonly Json[]>>
}

/** What is said becomes JSON as it would through a file: what is `undefined` is not there. */
export const toDump = (dumped: Dumped): Dump => JSON.parse(JSON.stringify(dumped)) as Dump

export const readDump = (dump: Dump): Dumped => dump as unknown as Dumped
