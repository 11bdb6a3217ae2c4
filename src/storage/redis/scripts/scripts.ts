import type { RedisClient } from '../connect.ts'
import { changesScript } from './changes.ts'
import { clearScript } from './clear.ts'
import { commitScript } from './commit.ts'
import { forgetEndedScript } from './forget-ended.ts'
import { listScript } from './list.ts'
import { readScript } from './read.ts'

/*
 * What a world is in Redis, below its prefix:
 *
 *   r:<name>     a record: v value, e end, c claimed at, g group, n version, p pointers, l related
 *   p:<pointer>  the name of the record that it leads to
 *   g:<group>    the names of a group
 *   k:<kind>     the names of a kind, in the order in which they came
 *   o            the number of the last that came, by kind
 *   x            when records end
 *   t            the table: what was changed in the world
 *   c            by key of the table, the number of its last change
 *   z            keys that were removed, by the number of that change
 *   m            of the table: e epoch, n number of the last change, f of the last that was forgotten
 *   l:<log>      a log, as a stream; j holds the names of all
 *   d:<commit>   there for seconds once a commit is done
 *   u            as long as it is there, nothing that has ended is swept
 */

/** What the scripts are called and return. */
export interface Scripts {
  mockVneidRead(prefix: string, name: string): Promise<ReadRow[]>
  mockVneidList(
    prefix: string,
    kind: string,
    after: string,
    count: number,
  ): Promise<[after: string, rows: ListRow[]]>
  mockVneidChanges(
    prefix: string,
    epoch: string,
    count: string,
  ): Promise<[epoch: string, count: string, isWhole: 0 | 1, rows: [key: string, json: string][]]>
  mockVneidCommit(
    prefix: string,
    operations: string,
    now: string,
    id: string,
    notAfterMs: string,
  ): Promise<[verdict: number, redisMs: number]>
  mockVneidClear(
    prefix: string,
    count: number,
    notAfterMs: string,
    what: Cleared,
  ): Promise<[verdict: number, redisMs: number]>
  mockVneidForgetEnded(
    prefix: string,
    count: number,
    notAfterMs: string,
    now: string,
  ): Promise<[verdict: number, redisMs: number]>
  mockVneidLastNote(key: string): Promise<string | null>
}

export type Cleared = 'all' | 'all but the table'

export type ReadRow = [
  asked: string,
  name: string,
  json: string,
  expiresAt: string,
  claimedAt: string,
  group: string,
  version: string,
]

export type ListRow = [
  name: string,
  json: string,
  expiresAt: string,
  claimedAt: string,
  group: string,
  version: string,
  pointers: string,
  related: string,
]

/** Where the last note of the log KEYS[1] stands. */
const lastNoteScript = `
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return last and last[1]
`

const scripts: Record<keyof Scripts, string> = {
  mockVneidRead: readScript,
  mockVneidList: listScript,
  mockVneidChanges: changesScript,
  mockVneidCommit: commitScript,
  mockVneidClear: clearScript,
  mockVneidForgetEnded: forgetEndedScript,
  mockVneidLastNote: lastNoteScript,
}

/** Makes a client's methods of the scripts. */
export function defineScripts(client: RedisClient): Scripts {
  for (const [name, lua] of Object.entries(scripts))
    client.defineCommand(name, { numberOfKeys: 1, lua })
  return client as unknown as Scripts
}
