import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/kernel/index.ts'
import { createMemoryStores } from '../../src/storage/index.ts'
import { followBeginning, type Beginning } from '../../src/worlds/beginning.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

const day = 24 * 60 * 60

describe('when a world began', () => {
  let realClock: FrozenClock
  let store: Store
  const begun: Beginning[] = []

  beforeEach(() => {
    realClock = new FrozenClock()
    const stores = createMemoryStores()
    store = stores.open('mock', realClock)
    return async () => {
      for (const beginning of begun.splice(0)) beginning.stop()
      await stores.close()
    }
  })

  async function begin(at: number, onOther: (beganAt: number) => void = () => {}) {
    const clock = new FrozenClock(at)
    const options = { store, clock, realClock, log: () => {}, onOther }
    const beginning = await followBeginning(options)
    begun.push(beginning)
    return beginning
  }

  test('is what the first who served it says, for all who come while it is served', async () => {
    const first = await begin(1000)
    for (let minutes = 0; minutes < 10; minutes++) {
      realClock.advance(50)
      await first.renew()
    }
    const second = await begin(9000)

    expect([first.beganAt, second.beganAt]).toEqual([1000, 1000])
  })

  test('is new when nobody served it for a minute: whoever is 13 in the file is 13 again', async () => {
    await begin(1000)
    realClock.advance(60)
    const next = await begin(1000 + 300 * day * 1000)

    expect(next.beganAt).toBe(1000 + 300 * day * 1000)
  })

  test('is agreed on again by those who could not say in time that they are there', async () => {
    const told: number[] = []
    const slow = await begin(1000, (beganAt) => told.push(beganAt))
    realClock.advance(61)
    const other = await begin(5000)
    await slow.renew()

    expect(other.beganAt).toBe(5000)
    expect(told).toEqual([5000])
  })
})
