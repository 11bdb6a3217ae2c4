import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store, Stores } from '../../src/kernel/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { describeEndings } from './contract/endings.ts'
import { describeLists } from './contract/lists.ts'
import { describeLogs } from './contract/logs.ts'
import { outside, start } from './contract/opened.ts'
import { describeTables } from './contract/tables.ts'
import { describeWholes } from './contract/wholes.ts'

/**
 * The contract of the store port. Every maker's test file opens it with a family of stores that
 * nobody else writes to.
 */
export function describeStorage(name: string, open: () => Promise<Stores>): void {
  describe(`a ${name} store`, () => {
    let clock: FrozenClock
    let stores: Stores
    let store: Store
    let other: Store

    beforeEach(async () => {
      clock = new FrozenClock(start)
      stores = await open()
      store = stores.open('world', clock)
      other = stores.open('world', clock)
    })
    afterEach(() => stores.close())

    const valueOf = async (kind: string, id: string) => (await store.find(kind, id))?.value

    test('gives back what was put, by kind and id', async () => {
      const value = { text: 'Đặng Quốc Huy', list: [1, null, true], nested: { deep: 'ừ' } }
      await store.put('Thing', 'a', value)

      expect(await store.find('Thing', 'a')).toEqual({ value })
      expect(await store.find('Thing', 'b')).toBeUndefined()
      expect(await store.find('Other', 'a')).toBeUndefined()
    })

    test.each([[0], [''], [false], [null], [[]], [{}]])('keeps %j as it is', async (value) => {
      await store.put('Thing', 'a', value)

      expect(await store.find('Thing', 'a')).toEqual({ value })
    })

    test('tells kinds and ids apart even when they could be read as one another', async () => {
      await store.put('Thing', 'a:b', 1)
      await store.put('Thing:a', 'b', 2)

      expect([await valueOf('Thing', 'a:b'), await valueOf('Thing:a', 'b')]).toEqual([1, 2])
    })

    test('tells apart names that are no characters at all', async () => {
      const halves = ['\ud800', '\udc00', '\ufffd', '%ud800', '\ud83d\ude00', 'a\ud800b']
      for (const half of halves) {
        const keep = {
          pointers: { [half]: half },
          group: half,
          related: [{ kind: half, value: half }],
        }
        await store.put('Thing', half, half, keep)
        await store.put(half, 'a', half)
        await store.change({ [half]: half })
        await store.note(half, half, 10)
      }
      await store.destroyGroup('\udc00')

      for (const half of halves) {
        const value = half === '\udc00' ? undefined : half
        expect([half, await valueOf('Thing', half)]).toEqual([half, value])
        expect((await store.findBy('Thing', half, half))?.value).toBe(value)
        expect(await store.list(half)).toEqual([{ id: 'a', value: half }])
        expect(await store.notes(half)).toMatchObject([{ value: half }])
      }
      expect((await store.changesSince()).entries).toEqual(halves.map((half) => [half, half]))
      const dump = await store.dump()
      await store.load(dump)
      expect(await store.claim('Thing', '\ud800')).toBe(true)
      expect((await store.list('Thing')).map(({ id }) => id)).toEqual(
        halves.filter((half) => half !== '\udc00'),
      )
    })

    test('keeps a copy: what happens to a value afterwards does not reach it', async () => {
      const value = { list: ['first'] }
      await store.put('Thing', 'a', value)
      value.list.push('after putting')
      const found = await store.find<typeof value>('Thing', 'a')
      found!.value.list.push('after finding')

      expect(await valueOf('Thing', 'a')).toEqual({ list: ['first'] })
    })

    test('replaces the whole record when it is put again', async () => {
      await store.put('Thing', 'a', { one: 1, two: 2 }, { expiresAt: start + 1000 })
      await store.put('Thing', 'a', { one: 'new' })
      clock.set(start + 1000)

      expect(await valueOf('Thing', 'a')).toEqual({ one: 'new' })
    })

    test('forgets what is destroyed, and does not mind when it is not there', async () => {
      await store.put('Thing', 'a', 1)
      await store.destroy('Thing', 'a')
      await store.destroy('Thing', 'never there')

      expect(await store.find('Thing', 'a')).toBeUndefined()
    })

    describe('with a record that expires', () => {
      test('has it until the last millisecond of the given clock, and not one longer', async () => {
        await store.put('Thing', 'a', 1, { expiresAt: start + 12_345 })

        clock.set(start + 12_344)
        expect(await valueOf('Thing', 'a')).toBe(1)
        clock.set(start + 12_345)
        expect(await valueOf('Thing', 'a')).toBeUndefined()
      })

      test('judges by the given clock however far it is from the machine’s', async () => {
        clock.set(Date.parse('1999-12-31T23:59:59Z'))
        await store.put('Thing', 'past', 1, { expiresAt: clock.now() + 1000 })
        expect(await valueOf('Thing', 'past')).toBe(1)

        clock.set(Date.parse('2126-01-01T00:00:00Z'))
        await store.put('Thing', 'future', 1, { expiresAt: clock.now() + 1000 })
        clock.advance(2)
        expect(await valueOf('Thing', 'future')).toBeUndefined()
      })

      test('does everything with it as if it had never been there', async () => {
        const gone = { expiresAt: start + 1, version: 'v1', pointers: { uid: 'u' } }
        await store.put('Thing', 'a', 'old', gone)
        clock.set(start + 1)

        expect(await store.findBy('Thing', 'uid', 'u')).toBeUndefined()
        expect(await store.claim('Thing', 'a')).toBe(false)
        expect(await store.swap('Thing', 'a', 'v1', 'new')).toBe(false)
        expect(await store.putIfAbsent('Thing', 'a', 'new')).toBe(true)
        expect(await valueOf('Thing', 'a')).toBe('new')
      })

      test('lives longer when it is put again with a later end', async () => {
        await store.put('Thing', 'a', 1, { expiresAt: start + 1000 })
        await store.put('Thing', 'a', 2, { expiresAt: start + 5000 })
        clock.set(start + 4999)

        expect(await valueOf('Thing', 'a')).toBe(2)
      })
    })

    test('keeps 20,000 records without letting go of the first', async () => {
      const ids = Array.from({ length: 20_000 }, (_, index) => `id-${index}`)
      const kept: unknown[] = []
      // Some at a time, as they come in life: a store may say that so many at once are too many.
      const slices = Array.from({ length: 40 }, (_, index) =>
        ids.slice(index * 500, index * 500 + 500),
      )
      for (const slice of slices)
        await Promise.all(
          slice.map((id) => store.put('Thing', id, id, { expiresAt: start + 1000 })),
        )

      for (const slice of slices)
        kept.push(...(await Promise.all(slice.map((id) => valueOf('Thing', id)))))

      expect(kept).toEqual(ids)
    })

    describe('with pointers', () => {
      test('finds a record by another name', async () => {
        await store.put('Session', 'a', 1, { pointers: { uid: 'u-1', code: 'c-1' } })

        expect((await store.findBy('Session', 'uid', 'u-1'))?.value).toBe(1)
        expect((await store.findBy('Session', 'code', 'c-1'))?.value).toBe(1)
        expect(await store.findBy('Session', 'code', 'u-1')).toBeUndefined()
        expect(await store.findBy('Other', 'uid', 'u-1')).toBeUndefined()
      })

      test('forgets the other name with the record, and with a rewrite that lacks it', async () => {
        await store.put('Session', 'a', 1, { pointers: { uid: 'u-1' } })
        await store.put('Session', 'b', 2, { pointers: { uid: 'u-2' } })
        await store.destroy('Session', 'a')
        await store.put('Session', 'b', 3, { pointers: { uid: 'u-3' } })

        expect(await store.findBy('Session', 'uid', 'u-1')).toBeUndefined()
        expect(await store.findBy('Session', 'uid', 'u-2')).toBeUndefined()
        expect((await store.findBy('Session', 'uid', 'u-3'))?.value).toBe(3)
      })

      test('leaves a name with the record that took it over', async () => {
        await store.put('Session', 'old', 1, { pointers: { uid: 'u' } })
        await store.put('Session', 'new', 2, { pointers: { uid: 'u' } })
        await store.destroy('Session', 'old')

        expect((await store.findBy('Session', 'uid', 'u'))?.value).toBe(2)
      })
    })

    describe('with groups', () => {
      test('destroys all of one group, of every kind, and nothing else', async () => {
        await store.put('AccessToken', 'a', 1, { group: 'grant-1' })
        await store.put('RefreshToken', 'r', 1, { group: 'grant-1' })
        await store.put('AccessToken', 'b', 1, { group: 'grant-2' })
        await store.put('AccessToken', 'c', 1)
        await store.destroyGroup('grant-1')
        await store.destroyGroup('no such group')

        expect(await valueOf('AccessToken', 'a')).toBeUndefined()
        expect(await valueOf('RefreshToken', 'r')).toBeUndefined()
        expect(await valueOf('AccessToken', 'b')).toBe(1)
        expect(await valueOf('AccessToken', 'c')).toBe(1)
      })

      test('does not destroy what has left the group', async () => {
        await store.put('AccessToken', 'a', 1, { group: 'grant-1' })
        await store.put('AccessToken', 'a', 2, { group: 'grant-2' })
        await store.destroyGroup('grant-1')

        expect(await valueOf('AccessToken', 'a')).toBe(2)
      })

      test('lets a record be made anew after its group was destroyed', async () => {
        await store.put('AccessToken', 'a', 1, { group: 'grant-1' })
        await store.destroyGroup('grant-1')
        await store.put('AccessToken', 'a', 2, { group: 'grant-1' })

        expect(await valueOf('AccessToken', 'a')).toBe(2)
      })
    })

    describe('asked to put only if absent', () => {
      test('keeps what is there', async () => {
        expect(await store.putIfAbsent('Thing', 'a', 'first')).toBe(true)
        expect(await store.putIfAbsent('Thing', 'a', 'second')).toBe(false)

        expect(await valueOf('Thing', 'a')).toBe('first')
      })

      test('lets exactly one of 100 who ask at once', async () => {
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, index) => store.putIfAbsent('Thing', 'a', index)),
        )

        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await valueOf('Thing', 'a')).toBe(answers.indexOf(true))
      })
    })

    describe('asked to swap', () => {
      test('replaces the version that is named, and no other', async () => {
        await store.put('Thing', 'a', 'one', { version: 'v1' })

        expect(await store.swap('Thing', 'a', 'v0', 'wrong')).toBe(false)
        expect(await store.swap('Thing', 'a', 'v1', 'two', { version: 'v2' })).toBe(true)
        expect(await store.swap('Thing', 'a', 'v1', 'stale')).toBe(false)
        expect(await valueOf('Thing', 'a')).toBe('two')
      })

      test('makes no record of one that is not there', async () => {
        expect(await store.swap('Thing', 'a', 'v1', 'new')).toBe(false)
        expect(await store.find('Thing', 'a')).toBeUndefined()
      })

      test('lets exactly one of 100 who ask at once', async () => {
        await store.put('Thing', 'a', 'start', { version: 'v1' })

        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, index) =>
            store.swap('Thing', 'a', 'v1', index, { version: `v2-${index}` }),
          ),
        )

        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await valueOf('Thing', 'a')).toBe(answers.indexOf(true))
      })

      test('gives the record its new end', async () => {
        await store.put('Thing', 'a', 1, { version: 'v1', expiresAt: start + 1000 })
        await store.swap('Thing', 'a', 'v1', 2, { version: 'v2', expiresAt: start + 2000 })

        clock.set(start + 1999)
        expect(await valueOf('Thing', 'a')).toBe(2)
        clock.set(start + 2000)
        expect(await valueOf('Thing', 'a')).toBeUndefined()
      })
    })

    describe('asked to claim', () => {
      test('lets exactly one of 100 who ask at once, and says when', async () => {
        await store.put('Code', 'a', 'code')
        clock.advance(7)

        const answers = await Promise.all(
          Array.from({ length: 100 }, () => store.claim('Code', 'a')),
        )

        expect(answers.filter(Boolean)).toHaveLength(1)
        expect(await store.find('Code', 'a')).toEqual({ value: 'code', claimedAt: start + 7000 })
      })

      test('lets nobody claim what is not there', async () => {
        expect(await store.claim('Code', 'a')).toBe(false)
      })

      test('remembers a claim when the record is rewritten', async () => {
        await store.put('Code', 'a', 'code', { version: 'v1' })
        await store.claim('Code', 'a')
        await store.put('Code', 'a', 'rewritten', { version: 'v2' })
        await store.swap('Code', 'a', 'v2', 'swapped')

        expect(await store.claim('Code', 'a')).toBe(false)
        expect(await store.find('Code', 'a')).toEqual({ value: 'swapped', claimedAt: start })
      })

      test('forgets a claim with its record', async () => {
        await store.put('Code', 'a', 'code', { expiresAt: start + 1000 })
        await store.claim('Code', 'a')
        clock.set(start + 1000)
        await store.put('Code', 'a', 'another')

        expect(await store.claim('Code', 'a')).toBe(true)
      })

      test('keeps each record’s claim to itself', async () => {
        await store.put('Code', 'a', 1)
        await store.put('Code', 'b', 1)
        await store.claim('Code', 'a')

        expect(await store.claim('Code', 'b')).toBe(true)
      })
    })

    describe('within a unit of work', () => {
      test('shows the work what it has written and destroyed so far', async () => {
        await store.put('Thing', 'old', 1, { group: 'g' })
        await store.put('Thing', 'older', 1, { group: 'g', pointers: { uid: 'u' } })

        await store.unit(async () => {
          await store.put('Thing', 'new', { one: 1 }, { pointers: { uid: 'u-new' } })
          expect(await valueOf('Thing', 'new')).toEqual({ one: 1 })
          expect((await store.findBy('Thing', 'uid', 'u-new'))?.value).toEqual({ one: 1 })
          await store.destroy('Thing', 'new')
          expect(await valueOf('Thing', 'new')).toBeUndefined()
          expect(await store.putIfAbsent('Thing', 'new', 'anew')).toBe(true)
          expect(await store.putIfAbsent('Thing', 'new', 'again')).toBe(false)
          expect(await valueOf('Thing', 'old')).toBe(1)
          await store.destroyGroup('g')
          expect(await valueOf('Thing', 'old')).toBeUndefined()
          expect(await store.findBy('Thing', 'uid', 'u')).toBeUndefined()
          await store.put('Thing', 'old', 2, { group: 'g' })
        })

        expect(await valueOf('Thing', 'new')).toBe('anew')
        expect(await valueOf('Thing', 'old')).toBe(2)
        expect(await valueOf('Thing', 'older')).toBeUndefined()
      })

      test('gives what the work returns, and throws what it throws', async () => {
        expect(await store.unit(async () => 'result')).toBe('result')
        await expect(store.unit(() => Promise.reject(new RangeError('no')))).rejects.toThrow('no')
      })

      test('claims once, and remembers it', async () => {
        await store.put('Code', 'a', 1)

        await store.unit(async () => {
          expect(await store.claim('Code', 'a')).toBe(true)
          expect(await store.claim('Code', 'a')).toBe(false)
          await store.put('Code', 'a', 2)
          expect(await store.find('Code', 'a')).toEqual({ value: 2, claimedAt: start })
        })

        expect(await store.find('Code', 'a')).toEqual({ value: 2, claimedAt: start })
        expect(await store.claim('Code', 'a')).toBe(false)
      })

      test('swaps what it has put and swapped itself, by its version', async () => {
        await store.put('Thing', 'a', 'one', { version: 'v1' })

        await store.unit(async () => {
          expect(await store.swap('Thing', 'a', 'v1', 'two', { version: 'v2' })).toBe(true)
          expect(await store.swap('Thing', 'a', 'v1', 'wrong')).toBe(false)
          expect(await store.swap('Thing', 'a', 'v2', 'three', { version: 'v3' })).toBe(true)
          expect(await store.swap('Thing', 'a', 'v3', 'four')).toBe(true)
          expect(await valueOf('Thing', 'a')).toBe('four')
        })

        expect(await valueOf('Thing', 'a')).toBe('four')
      })

      test('sees what others wrote once it was refused for that', async () => {
        await store.put('Thing', 'a', 'one', { version: 'v1' })

        await store.unit(async () => {
          expect(await valueOf('Thing', 'a')).toBe('one')
          await outside(() => store.put('Thing', 'a', 'theirs', { version: 'v2' }))
          expect(await store.swap('Thing', 'a', 'v1', 'ours')).toBe(false)
          expect(await valueOf('Thing', 'a')).toBe('theirs')
        })
      })

      test('brings along what a record names as related, and not what has ended', async () => {
        const related = [
          { kind: 'Grant', value: 'g' },
          { kind: 'Session', pointer: 'uid', value: 'u' },
          { kind: 'Grant', value: 'gone' },
        ]
        await store.put('Code', 'a', 1, { related })
        await store.put('Grant', 'g', 2, { related: [{ kind: 'Code', value: 'a' }] })
        await store.put('Session', 's', 3, { pointers: { uid: 'u' } })
        await store.put('Grant', 'gone', 4, { expiresAt: start + 1 })
        clock.advance(1)

        await store.unit(async () => {
          expect(await valueOf('Code', 'a')).toBe(1)
          expect(await valueOf('Grant', 'g')).toBe(2)
          expect((await store.findBy('Session', 'uid', 'u'))?.value).toBe(3)
          expect(await valueOf('Session', 's')).toBe(3)
          expect(await valueOf('Grant', 'gone')).toBeUndefined()
        })
      })
    })

    const opened = () => ({ stores, store, clock, other })
    describeLists(opened)
    describeEndings(opened)
    describeTables(opened)
    describeLogs(opened)
    describeWholes(opened)
  })
}
