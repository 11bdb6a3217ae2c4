import { beforeEach, describe, expect, test } from 'vitest'
import { aTable, anEcKey, processRing, shown, worldKeys, type Table } from './rings.ts'

let table: Table
let one: ReturnType<typeof worldKeys>
let other: ReturnType<typeof worldKeys>

beforeEach(() => {
  table = aTable()
  one = worldKeys(table)
  other = worldKeys(table)
})

describe('another replica', () => {
  test('follows what was changed from its next request on', async () => {
    await other.changes.refresh()
    const before = other.keys.version()
    await one.keys.add({ jwk: anEcKey('new') })
    await one.keys.switchTo('new')
    const unaware = other.keys.version()

    await other.changes.refresh()

    expect(unaware).toBe(before)
    expect(other.keys.version()).not.toBe(before)
    await expect(shown(other.keys)).resolves.toEqual(['RSA', 'NEW', 'ec'])
    await expect(other.keys.list()).resolves.toEqual(await one.keys.list())
  })

  test('has the private halves, and signs what the first understands', async () => {
    await one.keys.add({ jwk: anEcKey('new') })
    await other.changes.refresh()
    const text = Buffer.from('an ID token')

    const [mine, theirs] = [one, other].map(({ keys }) => keys.ring().signing[0]!)

    await expect(theirs!.sign(text)).resolves.toEqual(await mine!.sign(text))
  })

  test('changes what is there now, not what it last heard of', async () => {
    await one.keys.add({ jwk: anEcKey('new') })

    await other.keys.add({ jwk: anEcKey('newer') })
    await one.keys.retire('ec')

    await expect(shown(one.keys)).resolves.toEqual(['RSA', 'NEW', 'newer'])
  })

  test('keeps its provider while other things change', async () => {
    await one.keys.add({ jwk: anEcKey('new') })
    await other.changes.refresh()
    const version = other.keys.version()

    await one.changes.change({ 'person:child-13': { age: 14 }, clock: { aheadMs: 5 } })
    await other.changes.refresh()

    expect(other.keys.version()).toBe(version)
  })

  test('has the keys of the process again when the world’s own are forgotten', async () => {
    await one.keys.add({ jwk: anEcKey('new') })
    await other.changes.refresh()
    expect(other.keys.ring()).not.toBe(processRing)

    await table.change({ keys: null })
    await other.changes.refresh()

    expect(other.keys.ring()).toBe(processRing)
    expect((await other.keys.list()).every(({ isInherited }) => isInherited)).toBe(true)
  })
})
