import { generateKeyPairSync } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { doors, openDoorTo } from '../../support/doors.ts'

describe.each(doors)('what a world remembers, %s', (door) => {
  test('is what it was when a snapshot is restored, again and again', async () => {
    const world = await (await openDoorTo(door)).world()
    await world.clock.freeze({ at: '2030-01-01' })
    const person = await world.people.create({ age: 40 })
    const { accessToken } = await world.signIn({ as: person })
    const { snapshot } = await world.snapshot()
    const status = async () =>
      (await fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } }))
        .status

    for (let round = 0; round < 2; round++) {
      await world.people.change(person, { state: 'locked' })
      await world.clock.advance({ by: '3d' })
      expect(await status()).toBe(401)

      await world.restore({ snapshot })
      expect((await world.people.get(person)).account.state).toBe('active')
      expect((await world.clock.read()).now).toBe('2029-12-31T17:00:00.000Z')
      expect(await status()).toBe(200)
    }
    await expect(world.restore({ snapshot: 'none' })).rejects.toMatchObject({
      code: 'ERR_SNAPSHOT_NOT_FOUND',
    })
  })

  test('is nothing after a reset, but its keys', async () => {
    const mock = await openDoorTo(door)
    const world = await mock.world({ at: '2030-01-01', isFrozen: true })
    const person = await world.people.create({ age: 40 })
    await world.clients.register({ client_id: 'mine' })
    const { kid } = await world.keys.add({ alg: 'ES256' })
    await world.clock.advance({ by: '1h' })
    await world.signIn({ as: person })
    await world.reset()

    await expect(world.people.get(person)).rejects.toMatchObject({ code: 'ERR_PERSON_NOT_FOUND' })
    await expect(world.clients.get('mine')).rejects.toMatchObject({ code: 'ERR_CLIENT_NOT_FOUND' })
    expect(await world.journal.list()).toEqual([])
    expect(await world.sessions.list()).toEqual([])
    expect((await world.keys.list()).map((key) => key.kid)).toContain(kid)
    expect((await world.clock.read()).now).toBe('2029-12-31T17:00:00.000Z')
    expect((await world.signIn({ as: 'child-13' })).claims).toMatchObject({ account_level: 2 })
  })

  test('takes nothing that could not be named again', async () => {
    const world = await (await openDoorTo(door)).world()
    const invalid = { code: 'ERR_REQUEST_INVALID' }

    for (const clientId of ['.', '..', 'x'.repeat(501)])
      await expect(world.clients.register({ client_id: clientId })).rejects.toMatchObject(invalid)
    for (const kid of ['.', '..', '', 'x'.repeat(501)])
      await expect(world.keys.add({ jwk: { kty: 'RSA', kid } })).rejects.toMatchObject(invalid)
    const longest = 'x'.repeat(500)
    await world.clients.register({ client_id: longest })
    expect(await world.clients.get(longest)).toMatchObject({ client_id: longest })
  })

  test('is made by the same chance again after a reset, and when a snapshot is restored', async () => {
    const world = await (await openDoorTo(door)).world({ seed: 'a seed', isFrozen: true })
    const draw = async () => {
      const { client_id: client } = await world.clients.register()
      const { id: person } = await world.people.create({ age: 40 })
      const { id: fault } = await world.faults.arm({ fault: 'slow', endpoint: 'token', client })
      await world.faults.disarm(fault)
      const { code, accessToken, signInId } = await world.signIn({ client, as: person })
      return { client, person, fault, code, accessToken, signInId }
    }
    const first = await draw()
    const { snapshot } = await world.snapshot()
    const second = await draw()

    await world.restore({ snapshot })
    expect(await draw()).toEqual(second)
    await world.reset()
    expect([await draw(), await draw()]).toEqual([first, second])
    await world.restore({ snapshot })
    expect(await draw()).toEqual(second)
  })

  test('is kept by a snapshot, whatever is kept after a reset', async () => {
    const world = await (await openDoorTo(door)).world({ seed: 'a seed' })
    await world.people.create({ id: 'before', age: 40 })
    const before = await world.snapshot()
    await world.reset()
    await world.people.create({ id: 'after', age: 40 })
    const after = await world.snapshot()
    await world.restore(before)

    expect(after).not.toEqual(before)
    expect((await world.people.get('before')).id).toBe('before')
  })

  test('are the keys it was given, switched and retired in two phases', async () => {
    const mock = await openDoorTo(door)
    const world = await mock.world()
    const verify = async (idToken = '') => {
      const jwks = createRemoteJWKSet(new URL(`${world.issuer}/jwks`))
      const { protectedHeader } = await jwtVerify(idToken, jwks, { issuer: world.issuer })
      return protectedHeader.kid
    }
    const inherited = (await world.keys.list()).find(({ alg }) => alg === 'RS256')!
    const added = await world.keys.add({ alg: 'RS256' })
    const before = await world.signIn({ as: 'adult-level-2' })
    await world.keys.switch(added.kid)
    const after = await world.signIn({ as: 'adult-level-2' })

    expect([await verify(before.idToken), await verify(after.idToken)]).toEqual([
      inherited.kid,
      added.kid,
    ])

    await world.keys.retire(inherited.kid)

    await expect(verify(before.idToken)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
    expect(await verify(after.idToken)).toBe(added.kid)
    expect((await mock.keys.list()).map(({ kid }) => kid)).toContain(inherited.kid)
  })

  test('changes in mid-life: refresh and userinfo follow', async () => {
    const world = await (await openDoorTo(door)).world()
    const person = await world.people.create({ age: 30, level: 2 })
    const { accessToken } = await world.signIn({ as: person })
    const ask = async () => {
      const reply = await fetch(`${world.issuer}/me`, {
        headers: { authorization: `Bearer ${accessToken}` },
      })
      return { status: reply.status, ...((await reply.json()) as Record<string, unknown>) }
    }
    const first = await ask()
    await world.people.change(person, { level: 1, name: 'Nguyễn Văn Mới' })
    const changed = await ask()
    await world.people.change(person, { deceasedOn: '2026-01-01' })

    expect(first).toMatchObject({ account_level: 2, name: person.name })
    expect(changed).toMatchObject({ account_level: 1, name: 'Nguyễn Văn Mới' })
    expect((await ask()).status).toBe(401)
  })
})

test('two worlds of one seed, with fixed keys and a frozen clock, sign identical ID tokens', async () => {
  const mock = await openDoorTo('in process')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', kid: 'fixed' }]
  const run = async () => {
    const world: MockWorld = await mock.world({
      name: 'same',
      seed: 'a seed',
      at: '2030-06-01T09:00:00+07:00',
      isFrozen: true,
      stamps: 'world',
      keys,
    })
    const client = await world.clients.register()
    const person = await world.people.create({ level: 2 })
    const { code, idToken, accessToken } = await world.signIn({ client, as: person })
    await world.end()
    return { client, person, code, idToken, accessToken }
  }

  expect(await run()).toEqual(await run())
})
