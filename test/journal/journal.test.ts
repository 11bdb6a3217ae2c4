import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Journal, type EntryFilter, type JournalEntry } from '../../src/journal/index.ts'
import type { Store } from '../../src/kernel/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

const clock = new FrozenClock(Date.parse('2026-03-14T15:09:26.535Z'))
const atOnce = { timeoutMs: 0 }

let store: Store
let journal: Journal

beforeEach(() => {
  store = createMemoryStore({ clock })
  journal = new Journal({ store, clock })
})
afterEach(() => store.close())

type Written = Omit<JournalEntry, 'id' | 'at'>

const authorization: Written = {
  endpoint: 'authorization',
  clientId: 'portal',
  signInId: 's-1',
  asked: { scope: 'openid' },
  decided: 'login',
  isOk: true,
}
const answer: Written = {
  endpoint: 'sign-in',
  clientId: 'portal',
  personId: 'anna',
  signInId: 's-1',
  asked: {},
  decided: 'code_wrong',
  isOk: false,
}
const token: Written = {
  endpoint: 'token',
  clientId: 'other',
  personId: 'anna',
  signInId: 's-2',
  asked: {},
  decided: 'tokens issued',
  isOk: true,
}

describe('the journal', () => {
  beforeEach(async () => {
    for (const entry of [authorization, answer, token]) await journal.record(entry)
  })

  test('keeps what was recorded, with the time of the world', async () => {
    const [first] = await journal.list()

    expect(first).toEqual({ id: first!.id, at: '2026-03-14T15:09:26.535Z', ...authorization })
  })

  test.each<[EntryFilter, string[]]>([
    [{}, ['authorization', 'sign-in', 'token']],
    [{ client: 'portal' }, ['authorization', 'sign-in']],
    [{ person: 'anna' }, ['sign-in', 'token']],
    [{ signIn: 's-1' }, ['authorization', 'sign-in']],
    [{ endpoint: 'token' }, ['token']],
    [{ isOk: false }, ['sign-in']],
    [{ isOk: true, client: 'portal' }, ['authorization']],
    [{ client: 'other', signIn: 's-1' }, []],
    [{ client: undefined, person: 'bo' }, []],
  ])('narrowed to %j has %j', async (filter, endpoints) => {
    expect((await journal.list(filter)).map(({ endpoint }) => endpoint)).toEqual(endpoints)
  })

  test('gives the newest ones with a limit', async () => {
    expect((await journal.list({ person: 'anna', limit: 1 })).map((one) => one.endpoint)).toEqual([
      'token',
    ])
  })

  test('is taken from by the same filters', async () => {
    expect((await journal.take({ person: 'anna' }, atOnce)).endpoint).toBe('sign-in')
    expect((await journal.take({ person: 'anna' }, atOnce)).endpoint).toBe('token')
  })

  test('tells who waits in vain what was asked for, and what happened instead', async () => {
    await expect(
      journal.take({ endpoint: 'userinfo', client: 'portal', isOk: undefined }, atOnce),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_NOTHING_CAME',
        message:
          'no journal entry (endpoint "userinfo", client "portal") came within 0 ms. ' +
          'What came last: authorization "login" (portal); sign-in "code_wrong" (portal, anna); ' +
          'token "tokens issued" (other, anna). ' +
          'Make it happen before the time is over, ask for less, or wait longer.',
      }),
    )
  })

  test('is empty once it was cleared', async () => {
    await journal.clear()

    expect(await journal.list()).toEqual([])
  })
})

test('a journal keeps the last thousand entries unless it is told how many', async () => {
  const small = new Journal({ store, clock, keepLast: 5 })
  for (let count = 0; count < 8; count++) await small.record({ ...token, decided: `${count}` })
  expect((await small.list()).map(({ decided }) => decided)).toEqual(['3', '4', '5', '6', '7'])

  for (let count = 0; count < 1001; count++) await journal.record({ ...token, decided: `${count}` })
  const kept = await journal.list()
  expect([kept.length, kept[0]?.decided]).toEqual([1000, '1'])
})
