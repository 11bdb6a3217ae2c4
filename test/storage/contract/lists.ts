import { describe, expect, test } from 'vitest'
import { outside, start, type Opened } from './opened.ts'

/** What a store lists of a kind. */
export function describeLists(opened: () => Opened): void {
  describe('asked for all of a kind', () => {
    const idsOf = async (kind: string) => (await opened().store.list(kind)).map(({ id }) => id)

    test('gives them in the order in which they were first put', async () => {
      const { store } = opened()
      await store.put('Thing', 'b', 1)
      await store.put('Thing', '10', 2)
      await store.put('Thing', 'a', 3)
      await store.put('Other', 'c', 4)
      await store.put('Thing', 'b', 5, { version: 'v2' })
      await store.swap('Thing', 'b', 'v2', 6)

      expect(await store.list('Thing')).toEqual([
        { id: 'b', value: 6 },
        { id: '10', value: 2 },
        { id: 'a', value: 3 },
      ])
      expect(await store.list('Nothing')).toEqual([])
    })

    test('says of each when it ends, what group and version it is of, and when it was claimed', async () => {
      const { store } = opened()
      const keep = { expiresAt: start + 1000, group: 'grant:1/ừ', version: 'v1' }
      await store.put('Code: x', 'a:b', { deep: ['ừ'] }, keep)
      await store.claim('Code: x', 'a:b')

      expect(await store.list('Code: x')).toEqual([
        { id: 'a:b', value: { deep: ['ừ'] }, claimedAt: start, ...keep },
      ])
    })

    test('leaves out what has ended by the world’s clock, and what was destroyed', async () => {
      const { store, clock } = opened()
      await store.put('Thing', 'ended', 1, { expiresAt: start + 1 })
      await store.put('Thing', 'destroyed', 1)
      await store.put('Thing', 'of a group', 1, { group: 'g' })
      await store.put('Thing', 'alive', 1, { expiresAt: start + 2 })
      await store.destroy('Thing', 'destroyed')
      await store.destroyGroup('g')
      clock.set(start + 1)

      expect(await idsOf('Thing')).toEqual(['alive'])
    })

    test('puts at the end what is made anew after it had ended or was destroyed', async () => {
      const { store, clock } = opened()
      await store.put('Thing', 'ends', 1, { expiresAt: start + 1 })
      await store.put('Thing', 'destroyed', 1)
      await store.put('Thing', 'stays', 1)
      clock.set(start + 1)
      await store.put('Thing', 'ends', 2)
      await store.destroy('Thing', 'destroyed')
      await store.put('Thing', 'destroyed', 2)

      expect(await idsOf('Thing')).toEqual(['stays', 'ends', 'destroyed'])
    })

    test('gives copies', async () => {
      const { store } = opened()
      await store.put('Thing', 'a', { list: [1] })
      const [first] = await store.list<{ list: number[] }>('Thing')
      first!.value.list.push(2)

      expect((await store.list('Thing'))[0]?.value).toEqual({ list: [1] })
    })

    test('lists more than one page of them, each once', async () => {
      const { store } = opened()
      const ids = Array.from({ length: 1234 }, (_, index) => `id-${index}`)
      for (const id of ids) await store.put('Thing', id, id)

      expect(await idsOf('Thing')).toEqual(ids)
    })

    test('sees in a unit of work what it has put, claimed and destroyed so far', async () => {
      const { store, other } = opened()
      await store.put('Thing', 'destroyed', 1)
      await store.put('Thing', 'of a group', 1, { group: 'g' })
      await store.put('Thing', 'claimed', 1)
      await store.put('Thing', 'untouched', 1)
      await store.put('Thing', 'rewritten', 1)

      await store.unit(async () => {
        await store.put('Thing', 'rewritten', 2)
        await store.put('Thing', 'new', 1, { group: 'another' })
        await store.put('Thing:', 'of another kind', 1)
        await store.destroy('Thing', 'destroyed')
        await store.claim('Thing', 'claimed')
        await store.destroyGroup('g')

        expect(await store.list('Thing')).toEqual([
          { id: 'claimed', value: 1, claimedAt: start },
          { id: 'untouched', value: 1 },
          { id: 'rewritten', value: 2 },
          { id: 'new', value: 1, group: 'another' },
        ])
      })

      expect(await outside(() => other.list('Thing'))).toHaveLength(4)
    })
  })
}
