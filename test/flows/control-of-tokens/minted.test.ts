import { createHash } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { openProvider, type OpenedProvider } from '../../support/open-provider.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const asked = { personId: 'adult-level-2', clientId: 'test-rp', scope: 'openid profile vneid' }

async function verified(world: OpenedProvider, idToken: string) {
  const jwks = createRemoteJWKSet(new URL(`${world.issuer}/jwks`))
  return (await jwtVerify(idToken, jwks, { issuer: world.issuer, audience: 'test-rp' })).payload
}

describe('minted tokens', () => {
  test('say what those of a sign-in through every step say', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const { tokens, claims } = await portal.tokensFor('adult-level-2')

    const minted = await world.tokens.mint({ ...asked, nonce: claims.nonce })

    const { at_hash: hash, ...said } = await verified(world, minted.idToken)
    const { iat, exp, auth_time: authTime, ...same } = claims
    expect(said).toMatchObject(same)
    expect(Object.keys(said).toSorted()).toEqual(Object.keys(claims).toSorted())
    expect(Math.abs(said.iat! - iat)).toBeLessThanOrEqual(60)
    expect(said.exp! - said.iat!).toBe(exp - iat)
    expect(Math.abs(Number(said['auth_time']) - authTime!)).toBeLessThanOrEqual(60)
    expect(hash).toBe(halfHashOf(minted.accessToken))
    expect(minted).toMatchObject({ expiresIn: tokens.expires_in, scope: tokens.scope })
    await expect(portal.userinfo(minted.accessToken, claims.sub)).resolves.toEqual(
      await portal.userinfo(tokens.access_token, claims.sub),
    )
  })

  test('act for somebody, and say what they are told to', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const sub = async (id: string) => (await world.people.find(id))!.sub

    const { accessToken, idToken } = await world.tokens.mint({
      ...asked,
      personId: 'guardian-of-two',
      subjectId: 'child-13',
      claims: { name: 'Nguyễn Văn Thử' },
    })

    const act = { sub: await sub('guardian-of-two') }
    expect(decodeJwt(idToken)).toMatchObject({ sub: await sub('child-13'), act })
    await expect(portal.userinfo(accessToken, await sub('child-13'))).resolves.toMatchObject({
      name: 'Nguyễn Văn Thử',
      act,
    })
  })

  test('expire by the world’s clock, and leave nothing behind', async () => {
    const clock = new FrozenClock()
    const world = await openProvider({ clock })
    const portal = await relyingParty(world)
    const { accessToken, idToken } = await world.tokens.mint(asked)
    const sub = decodeJwt(idToken).sub!

    clock.advance(599)
    await expect(portal.userinfo(accessToken, sub)).resolves.toHaveProperty('sub', sub)
    clock.advance(1)

    await expect(portal.userinfo(accessToken, sub)).rejects.toEqual(refused('invalid_token'))
    clock.advance(60)
    await expect(world.store.list('Grant')).resolves.toEqual([])
  })

  test('are each another, as many as are asked for', async () => {
    const world = await openProvider()
    const seen = { access: new Set<string>(), id: new Set<string>() }

    for await (const tokens of world.tokens.mintMany({ ...asked, count: 100 })) {
      seen.access.add(tokens.accessToken)
      seen.id.add(tokens.idToken)
    }

    expect([seen.access.size, seen.id.size]).toEqual([100, 100])
  })

  test('stop when nobody wants more', async () => {
    const world = await openProvider()
    let taken = 0

    for await (const _tokens of world.tokens.mintMany({ ...asked, count: 10_000 }))
      if (++taken === 3) break

    const kept = await world.store.list('AccessToken')
    expect(kept.length).toBeLessThan(100)
  })

  test('are no sign-in: nobody is signed in by them', async () => {
    const world = await openProvider()

    await world.tokens.mint(asked)

    await expect(world.sessions.list()).resolves.toEqual([])
    await expect(world.journal.list()).resolves.toEqual([])
  })
})

describe('no tokens are minted', () => {
  test.each([
    [{ personId: 'deceased' }, 'ERR_ACCOUNT_UNUSABLE', 'got deceased'],
    [{ personId: 'nobody-here' }, 'ERR_PERSON_NOT_FOUND', 'nobody-here'],
    [{ clientId: 'test-pr' }, 'ERR_CLIENT_NOT_FOUND', 'test-pr'],
    [{ subjectId: 'child-13' }, 'ERR_ROLE_NOT_FOUND', 'child-13'],
  ])('for %o', async (wrong, code, text) => {
    const world = await openProvider()

    await expect(world.tokens.mint({ ...asked, ...wrong })).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(text) }),
    )
  })

  test('for somebody whose level the relying party refuses', async () => {
    const world = await openProvider({
      clients: [
        {
          client_id: 'strict',
          client_secret: 'strict-secret',
          redirect_uris: ['http://localhost:8080/cb'],
          minimum_level: 2,
        },
      ],
    })

    await expect(
      world.tokens.mint({ ...asked, clientId: 'strict', personId: 'adult-level-1' }),
    ).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_ACCOUNT_UNUSABLE', refusal: 'level_too_low' }),
    )
  })
})

/** OpenID Connect Core §3.1.3.6. */
const halfHashOf = (token: string) =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')
