import { beforeEach, describe, expect, test } from 'vitest'
import type { ControlledWorld } from '../../src/control/controlled-world.ts'
import { peopleDeeds } from '../../src/control/deeds/people.ts'
import { StoreUnavailable } from '../../src/kernel/index.ts'
import { family, serve } from '../accounts/changing-world.ts'

const context = { signal: new AbortController().signal }

describe('a removal that was cut short', () => {
  let deeds: ReturnType<typeof peopleDeeds>
  /** Of whom everything has ended, in order. */
  let forgotten: { id: string; number: string }[]
  let number: string
  let cutShort: unknown

  beforeEach(async () => {
    const { people } = serve(family)
    let isAway = true
    forgotten = []
    number = (await people.find('bo'))!.number
    const forgetPerson = async (person: { id: string; number: string }) => {
      if (isAway) throw new StoreUnavailable('redis://localhost', undefined, 'gone')
      forgotten.push(person)
    }
    deeds = peopleDeeds({ people, works: () => ({ forgetPerson }) } as unknown as ControlledWorld)

    cutShort = await deeds['people.remove']({ person: 'bo' }, context).catch(({ code }) => code)
    isAway = false
  })

  test.each(['the id', 'the number'])('is finished by asking again, by %s', async (how) => {
    const person = how === 'the id' ? 'bo' : number
    expect(cutShort).toBe('ERR_STORE_UNAVAILABLE')
    await deeds['people.remove']({ person }, context)

    expect(forgotten).toEqual([{ id: 'bo', number }])
    await expect(deeds['people.remove']({ person }, context)).rejects.toMatchObject({
      code: 'ERR_PERSON_NOT_FOUND',
    })
  })

  test('is finished before somebody is called the same, and once', async () => {
    await deeds['people.create']({ wishes: { id: 'an', age: 30 } }, context)
    expect(forgotten).toEqual([])

    await deeds['people.create']({ wishes: { id: 'bo', age: 30 } }, context)
    expect(forgotten).toEqual([{ id: 'bo', number }])

    await deeds['people.remove']({ person: 'bo' }, context)
    await deeds['people.create']({ wishes: { id: 'bo', age: 30 } }, context)
    expect(forgotten.map(({ id }) => id)).toEqual(['bo', 'bo'])
  })

  test('is finished before somebody has the same number', async () => {
    const wishes = { number, unlawful: 'the number of somebody else' }
    await deeds['people.change']({ person: 'mother', wishes }, context)

    expect(forgotten).toEqual([{ id: 'bo', number }])
  })
})
