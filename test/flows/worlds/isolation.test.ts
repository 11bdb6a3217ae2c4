import { beforeEach, describe, expect, test } from 'vitest'
import type { MockWorld, MockWorlds } from '../../../src/index.ts'
import { doors, openDoorTo } from '../../support/doors.ts'

describe.each(doors)('two worlds, %s', (door) => {
  let mock: MockWorlds
  let one: MockWorld
  let other: MockWorld

  beforeEach(async () => {
    mock = await openDoorTo(door)
    one = await mock.world()
    other = await mock.world()
  })

  test('are issuers of their own', async () => {
    const issuers = [mock.issuer, one.issuer, other.issuer]
    const discovered = await Promise.all(
      issuers.map(async (issuer) => {
        const reply = await fetch(`${issuer}/.well-known/openid-configuration`)
        return ((await reply.json()) as { issuer: string }).issuer
      }),
    )

    expect(new Set(issuers).size).toBe(3)
    expect(discovered).toEqual(issuers)
  })

  test('know nothing of the people, relying parties and clocks of each other', async () => {
    const person = await one.people.create({ name: 'Nguyễn Thị Thử', age: 20 })
    const client = await one.clients.register()
    await one.people.change('adult-level-2', { level: 1 })
    await one.clock.freeze({ at: '2040-01-01' })

    await expect(other.people.get(person)).rejects.toMatchObject({ code: 'ERR_PERSON_NOT_FOUND' })
    await expect(other.clients.get(client)).rejects.toMatchObject({ code: 'ERR_CLIENT_NOT_FOUND' })
    expect((await other.people.get('adult-level-2')).account.level).toBe(2)
    expect((await other.clock.read()).isFrozen).toBe(false)
    expect((await mock.people.get('adult-level-2')).account.level).toBe(2)
  })

  test('take no token of each other', async () => {
    const { accessToken } = await one.signIn({ as: 'adult-level-2' })
    const ask = (issuer: string) =>
      fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } })

    expect((await ask(one.issuer)).status).toBe(200)
    expect((await ask(other.issuer)).status).toBe(401)
    expect((await ask(mock.issuer)).status).toBe(401)
  })

  test('write journals of their own', async () => {
    await one.signIn({ as: 'adult-level-2' })

    expect((await one.journal.list()).length).toBeGreaterThan(0)
    expect(await other.journal.list()).toEqual([])
    expect(await mock.journal.list()).toEqual([])
  })

  test('do not end with each other', async () => {
    await one.end()

    await expect(one.describe()).rejects.toMatchObject({ code: 'ERR_WORLD_NOT_FOUND' })
    expect((await fetch(`${one.issuer}/.well-known/openid-configuration`)).status).toBe(404)
    expect((await other.describe()).name).toBe(other.name)
    expect((await mock.worlds.list()).map(({ name }) => name)).toEqual(['default', other.name])
  })

  test('are not told apart by a name once the first has ended', async () => {
    const first = await mock.world({ name: 'again' })
    await first.people.create({ id: 'somebody', age: 30 })
    await first.signIn({ as: 'somebody' })
    await first.end()
    const second = await mock.world({ name: 'again' })

    await expect(second.people.get('somebody')).rejects.toMatchObject({
      code: 'ERR_PERSON_NOT_FOUND',
    })
    expect(await second.journal.list()).toEqual([])
    await expect(mock.world({ name: 'again' })).rejects.toMatchObject({ code: 'ERR_WORLD_TAKEN' })
  })
})

test('a hundred tests at once, each in a world of its own, do not see each other', async () => {
  const mock = await openDoorTo('in process')
  const test = async (index: number) => {
    await using world = await mock.world()
    const client = await world.clients.register()
    await world.clock.freeze({ at: `20${30 + (index % 60)}-06-01` })
    const person = await world.people.create({ age: 18 + (index % 60), level: 2 })
    const { claims } = await world.signIn({ client, as: person })
    const { personId } = await world.journal.take({ endpoint: 'token' })
    return [claims?.['personal_id_number'] === person.number, personId === person.id]
  }

  const all = await Promise.all(Array.from({ length: 100 }, (_, index) => test(index)))

  expect(all.flat().every(Boolean)).toBe(true)
  expect(await mock.worlds.list()).toHaveLength(1)
})

test.each(doors)('whoever follows a world that ends is let go, %s', async (door) => {
  const world = await (await openDoorTo(door)).world()
  const followed: string[] = []
  const following = (async () => {
    for await (const event of world.events()) followed.push(event.type)
  })()
  const waiting = world.journal.take({ endpoint: 'token', person: 'child-13', timeoutSeconds: 60 })
  waiting.catch(() => undefined)
  await world.signIn({ as: 'adult-level-2' })
  await expect.poll(() => followed.length).toBeGreaterThan(3)
  await world.end()

  await following.catch(() => undefined)
  await expect(waiting).rejects.toMatchObject({ code: 'ERR_WORLD_NOT_FOUND' })
})
