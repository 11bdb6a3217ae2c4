import type { Dump, Json } from '../../kernel/index.ts'
import { readDump, type DumpedRecord } from '../dumped.ts'
import { noting } from './logs.ts'
import { encoded } from './names.ts'
import { writing } from './rows.ts'
import type { Operation } from './unit.ts'

/** So many records or notes of a dump go to Redis at once: nobody else waits longer. */
const loadedAtOnce = 100

/**
 * The commits that load a dump, one after another. The table comes last and as a whole: until then
 * who follows it sees the one that was there, and then everything at once.
 *
 * The world's clock is in the table, so until then it may stand anywhere: nothing before is judged
 * by it.
 */
export function commitsOf(dump: Dump, now: number): Operation[][] {
  const { at, records, table, logs } = readDump(dump)
  const earliest = Math.min(at, now)
  const parts = [
    ...records.map((record) => recording(record, earliest)),
    ...Object.entries(logs).flatMap(([log, values]) =>
      values.map((value) => [noting(log, value, values.length)]),
    ),
  ]
  const commits: Operation[][] = []
  for (let done = 0; done < parts.length; done += loadedAtOnce)
    commits.push([['loading'], ...parts.slice(done, done + loadedAtOnce).flat()])
  commits.push([['loading'], ['newTable'], ...table.map(changing)])
  return commits
}

/** As it is in the dump, whatever somebody may have written there meanwhile. */
function recording(record: DumpedRecord, now: number): Operation[] {
  const { kind, id, value, claimedAt, ...keep } = record
  const { row, operation } = writing(kind, id, value, keep, now)
  const anew: Operation[] = [['destroy', row.name], operation]
  return claimedAt === undefined ? anew : [...anew, ['claimed', row.name, String(claimedAt)]]
}

export const changing = ([key, value]: readonly [key: string, value: Json]): Operation => [
  'change',
  encoded(key),
  value === null ? '' : JSON.stringify(value),
]
