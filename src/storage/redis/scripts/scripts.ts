import type { RedisClient } from '../connect.ts'
import { changesScript } from './changes.ts'
import { clearScript } from './clear.ts'
import { commitScript } from './commit.ts'
import { forgetEndedScript } from './forget-ended.ts'
import { listScript } from './list.ts'
import { readScript } from './read.ts'

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
