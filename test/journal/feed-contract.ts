import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Feed, type Happening } from '../../src/journal/index.ts'
import type { Clock, Store } from '../../src/kernel/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

export interface Bird extends Happening {
  kind: string
}

const start = Date.parse('2026-03-14T15:09:26.535Z')
const soon = { timeoutMs: 5000 }
const atOnce = { timeoutMs: 0 }
const any = () => true
const isA = (kind: string) => (bird: Bird) => bird.kind === kind

/** Those who watch one world, over a store each. */
export function watchOver(store: Store, clock: Clock, keepLast: number = 10): Feed<Bird> {
  const inShort = ({ kind }: Bird) => `a ${kind}`
  return new Feed({ store, clock, name: 'birds', what: 'bird', inShort, keepLast })
}

/** What holds over every kind of store. `open` gives the stores of two replicas of one world. */
export function describeFeed(
  name: string,
  open: (clock: Clock) => Promise<readonly [Store, Store]>,
): void {
  describe(`over ${name},`, () => {
    let clock: FrozenClock
    let store: Store
    let otherStore: Store
    let birds: Feed<Bird>

    beforeEach(async () => {
      clock = new FrozenClock(start)
      ;[store, otherStore] = await open(clock)
      birds = watchOver(store, clock)
    })
    afterEach(() => Promise.all([store.close(), otherStore.close()]))

    const see = async (...kinds: string[]) => {
      for (const kind of kinds) await birds.add({ kind })
    }
    const kindsOf = (seen: readonly Bird[]) => seen.map(({ kind }) => kind)

    describe('a feed', () => {
      test('says of each when it was by the world’s clock, and gives it a place of its own', async () => {
        await see('robin')
        clock.advance(90)
        await see('wren')

        const [first, second] = await birds.list(any)
        expect(first).toEqual({ id: first!.id, at: '2026-03-14T15:09:26.535Z', kind: 'robin' })
        expect(second).toEqual({ id: second!.id, at: '2026-03-14T15:10:56.535Z', kind: 'wren' })
        expect(second!.id > first!.id).toBe(true)
      })

      test('lists those that fit, the oldest first, and with a limit the newest of them', async () => {
        await see('robin', 'wren', 'robin', 'robin')

        expect(await birds.list(isA('robin'))).toHaveLength(3)
        const [, , third, fourth] = await birds.list(any)
        expect(await birds.list(isA('robin'), { limit: 2 })).toEqual([third, fourth])
        expect(await birds.list(any, { limit: 0 })).toEqual([])
      })

      test('keeps the last ones only', async () => {
        birds = watchOver(store, clock, 2)
        await see('robin', 'wren', 'tit')

        expect(kindsOf(await birds.list(any))).toEqual(['wren', 'tit'])
      })

      test('forgets all of them when it is cleared, and goes on', async () => {
        await see('robin')
        await birds.clear()
        await see('wren')

        expect(kindsOf(await birds.list(any))).toEqual(['wren'])
        expect((await birds.take(any, atOnce)).kind).toBe('wren')
      })

      test('reads on over any number of pages', async () => {
        birds = watchOver(store, clock, 1000)
        await see(...Array.from({ length: 450 }, (_, index) => `bird ${index}`))

        expect((await birds.take(isA('bird 449'), atOnce)).kind).toBe('bird 449')
        const { after } = await watchOver(otherStore, clock, 1000).end()
        expect(after).toBe((await birds.list(any)).at(-1)!.id)
      })
    })

    describe('taking', () => {
      test('gives the oldest that fits, each once', async () => {
        await see('robin', 'wren', 'robin')
        const [first, , third] = await birds.list(any)

        expect(await birds.take(isA('robin'), atOnce)).toEqual(first)
        expect(await birds.take(isA('robin'), atOnce)).toEqual(third)
        await expect(birds.take(isA('robin'), atOnce)).rejects.toMatchObject({ takenBefore: 2 })
        expect(await birds.list(any)).toHaveLength(3)
      })

      test('waits for one that comes later, and lets others pass', async () => {
        const taken = birds.take(isA('wren'), soon)
        await see('robin', 'wren')

        expect((await taken).kind).toBe('wren')
        expect((await birds.take(any, atOnce)).kind).toBe('robin')
      })

      test('gives each to exactly one of all who ask at once, on whichever replica', async () => {
        const takers = Array.from({ length: 30 }, (_, index) =>
          index % 2 ? birds : watchOver(otherStore, clock),
        )
        const taken = Promise.all(takers.slice(0, 8).map((taker) => taker.take(any, soon)))
        await see(...Array.from({ length: 8 }, (_, index) => `bird ${index}`))

        expect(new Set(kindsOf(await taken)).size).toBe(8)
        const late = await Promise.allSettled(takers.map((taker) => taker.take(any, atOnce)))
        expect(late.filter(({ status }) => status === 'fulfilled')).toEqual([])
      })

      test('asks the store once for what was taken, however much that is', async () => {
        await see('robin', 'robin', 'robin', 'robin', 'wren')
        for (let count = 0; count < 4; count++) await birds.take(isA('robin'), atOnce)
        const list = vi.spyOn(store, 'list')
        const claims = vi.spyOn(store, 'putIfAbsent')

        await birds.take(any, atOnce)
        expect([list.mock.calls.length, claims.mock.calls.length]).toEqual([1, 1])
      })

      test('remembers for as long as there is anything to take, and no longer', async () => {
        birds = watchOver(store, clock, 3)
        for (let count = 0; count < 20; count++) {
          await see('robin')
          await birds.take(any, atOnce)
        }
        clock.advance(100 * 365 * 86_400)

        await expect(birds.take(any, atOnce)).rejects.toMatchObject({ takenBefore: 3 })
        expect((await store.list('Taken:birds')).length).toBeLessThanOrEqual(7)
      })

      test('knows what was taken when the world is as it was before', async () => {
        await see('robin', 'wren')
        await birds.take(isA('robin'), atOnce)
        const dump = await store.dump()
        await birds.clear()
        await store.load(dump)

        expect((await birds.take(any, atOnce)).kind).toBe('wren')
        await expect(birds.take(any, atOnce)).rejects.toMatchObject({ takenBefore: 2 })
      })

      test('gives whoever waits what is there again when the world is as it was before', async () => {
        await see('robin', 'wren')
        await birds.take(isA('wren'), atOnce)
        const dump = await store.dump()
        await birds.take(isA('robin'), atOnce)
        const waits = vi.spyOn(store, 'waitForNote')
        const taken = birds.take(any, soon)
        const inVain = birds.take(isA('wren'), { timeoutMs: 1000 }).catch((error: unknown) => error)
        await expect.poll(() => waits.mock.calls.length).toBe(2)

        await store.load(dump)

        expect((await taken).kind).toBe('robin')
        expect(await inVain).toMatchObject({ takenBefore: 1, others: ['a robin'] })
        await expect(birds.take(any, atOnce)).rejects.toMatchObject({ takenBefore: 2 })
      })

      test('ends when it is aborted, for the reason that was given', async () => {
        const abort = new AbortController()
        const taken = birds.take(any, { ...soon, signal: abort.signal })
        abort.abort(new Error('the test is over'))

        await expect(taken).rejects.toThrow('the test is over')
      })
    })

    describe('who waits in vain', () => {
      test('is told what for, how long, what came instead, and what to do', async () => {
        await see('robin', 'wren', 'tit', 'crow', 'jay', 'owl', 'eagle')
        await birds.take(isA('eagle'), atOnce)

        await expect(birds.take(isA('eagle'), { ...atOnce, wanted: 'an eagle' })).rejects.toThrow(
          expect.objectContaining({
            name: 'NothingCame',
            code: 'ERR_NOTHING_CAME',
            timeoutMs: 0,
            others: ['a wren', 'a tit', 'a crow', 'a jay', 'a owl'],
            message:
              'no bird (an eagle) came within 0 ms. 1 that fit had been taken before. ' +
              'What came last: a wren; a tit; a crow; a jay; a owl. ' +
              'Make it happen before the time is over, ask for less, or wait longer.',
          }),
        )
      })
    })

    describe('following', () => {
      test('gives what comes from now on, until it is aborted', async () => {
        await see('robin')
        const abort = new AbortController()
        const following = birds.follow(abort.signal)
        const seen: string[] = []
        await see('wren', 'tit')
        for await (const { kind } of following) {
          seen.push(kind)
          if (kind === 'tit') await see('jay')
          if (kind === 'jay') abort.abort()
        }

        expect(seen).toEqual(['wren', 'tit', 'jay'])
      })

      test('goes on after everything was forgotten', async () => {
        await see('robin')
        const seen = birds.follow(AbortSignal.timeout(5000))[Symbol.asyncIterator]()
        await see('wren')
        await seen.next()
        const next = seen.next()
        await birds.clear()
        await see('tit')

        expect((await next).value).toMatchObject({ kind: 'tit' })
      })
    })
  })
}
