import { describe, expect, test } from 'vitest'
import { start, type Opened } from './opened.ts'

/** What becomes of what has ended when the clock is set back. */
export function describeEndings(opened: () => Opened): void {
  describe('told to forget what has ended, before its clock is set back', () => {
    const setBack = async () => {
      const { store, clock } = opened()
      await store.forgetEnded()
      clock.set(start)
    }

    test('has none of it any more, by whatever it was found', async () => {
      const { store, other, clock } = opened()
      const keep = { expiresAt: start + 1000, group: 'g', pointers: { uid: 'u' }, version: 'v' }
      await store.put('Session', 's', 1, keep)
      clock.set(start + 1000)
      await setBack()

      expect(await other.find('Session', 's')).toBeUndefined()
      expect(await other.findBy('Session', 'uid', 'u')).toBeUndefined()
      expect(await other.list('Session')).toEqual([])
      expect(await other.dump()).toMatchObject({ records: [] })
      expect(await other.claim('Session', 's')).toBe(false)
      expect(await other.swap('Session', 's', 'v', 2)).toBe(false)
      expect(await other.putIfAbsent('Session', 's', 3)).toBe(true)
      await other.destroyGroup('g')
      expect(await other.find('Session', 's')).toEqual({ value: 3 })
    })

    test('has everything else as it was, to the millisecond', async () => {
      const { store, clock } = opened()
      await store.put('Thing', 'ends a moment later', 1, { expiresAt: start + 1001, group: 'g' })
      await store.put('Thing', 'ends now', 2, { expiresAt: start + 1000, group: 'g' })
      await store.put('Thing', 'ended long ago', 3, { expiresAt: start + 1 })
      await store.put('Thing', 'never ends', 4)
      await store.change({ kept: true })
      clock.set(start + 1000)
      await setBack()

      expect((await store.list('Thing')).map(({ id }) => id)).toEqual([
        'ends a moment later',
        'never ends',
      ])
      expect((await store.changesSince()).entries).toEqual([['kept', true]])
      clock.set(start + 1001)
      expect((await store.list('Thing')).map(({ id }) => id)).toEqual(['never ends'])
    })

    test('forgets a great many at once', async () => {
      const { store, clock } = opened()
      const ids = Array.from({ length: 450 }, (_, index) => `${index}`)
      await store.unit(() =>
        Promise.all(ids.map((id) => store.put('Thing', id, 1, { expiresAt: start + 1 }))),
      )
      clock.set(start + 1)
      await setBack()

      expect(await store.list('Thing')).toEqual([])
    })

    test('keeps what is made then, though others still write by the clock from before', async () => {
      const { stores, store, clock } = opened()
      const before = stores.open('world', { now: () => start + 1_000_000 })
      clock.set(start + 1_000_000)
      await setBack()
      await store.put('Session', 'new', 1, { expiresAt: start + 5000 })
      await before.put('Thing', 'late', 1)

      expect(await store.find('Session', 'new')).toEqual({ value: 1 })
    })
  })
}
