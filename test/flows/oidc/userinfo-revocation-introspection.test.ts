import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { persona } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const full = () => configFolder({ settings: { provider: { discovery: 'full' } } })
const offline = { scope: 'openid profile offline_access', prompt: 'consent' }

describe('userinfo', () => {
  test('answers GET and POST with the token in the header, and POST with it in the body', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const { tokens } = await portal.tokensFor('adult-level-2')
    const url = portal.config.serverMetadata().userinfo_endpoint!
    const authorization = `Bearer ${tokens.access_token}`
    const body = new URLSearchParams({ access_token: tokens.access_token })

    const replies = await Promise.all([
      fetch(url, { headers: { authorization } }),
      fetch(url, { method: 'POST', headers: { authorization } }),
      fetch(url, { method: 'POST', body }),
    ])

    const { sub, name } = await persona(mock, 'adult-level-2')
    for (const reply of replies) await expect(reply.json()).resolves.toMatchObject({ sub, name })
  })

  test('refuses a token it does not know, with a challenge', async () => {
    const portal = await relyingParty(await startMock())

    await expect(portal.userinfo('made-up', 'somebody')).rejects.toEqual(refused('invalid_token'))
  })
})

describe('revocation', () => {
  test('of an access token ends that token', async () => {
    const portal = await relyingParty(await startMock())
    const { tokens, claims } = await portal.tokensFor('adult-level-2', offline)

    await oidc.tokenRevocation(portal.config, tokens.access_token)

    await expect(portal.userinfo(tokens.access_token, claims.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
  })

  test('says nothing, of no type', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const { tokens } = await portal.tokensFor('adult-level-2')
    const secret = Buffer.from('test-rp:test-rp-secret').toString('base64')

    const reply = await fetch(portal.config.serverMetadata().revocation_endpoint!, {
      method: 'POST',
      headers: { authorization: `Basic ${secret}` },
      body: new URLSearchParams({ token: tokens.access_token }),
    })

    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBeNull()
    expect(await reply.text()).toBe('')
  })

  test('of a refresh token ends the access token as well', async () => {
    const portal = await relyingParty(await startMock())
    const { tokens, claims } = await portal.tokensFor('adult-level-2', offline)

    await oidc.tokenRevocation(portal.config, tokens.refresh_token!)

    await expect(oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)).rejects.toEqual(
      refused('invalid_grant'),
    )
    await expect(portal.userinfo(tokens.access_token, claims.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
  })

  test('of somebody else’s token does nothing', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const other = await relyingParty(mock, { clientId: 'dev' })
    const { tokens, claims } = await portal.tokensFor('adult-level-2')

    await oidc.tokenRevocation(other.config, tokens.access_token).catch(() => {})

    await expect(portal.userinfo(tokens.access_token, claims.sub)).resolves.toHaveProperty('sub')
  })
})

describe('introspection', () => {
  test('says who a token is of, and at which authentication level', async () => {
    const portal = await relyingParty(await startMock({ config: full() }))
    const { tokens, claims } = await portal.tokensFor('adult-level-2')

    const said = await oidc.tokenIntrospection(portal.config, tokens.access_token)

    expect(said).toMatchObject({
      active: true,
      sub: claims.sub,
      client_id: 'test-rp',
      scope: 'openid profile vneid',
      token_type: 'Bearer',
      authentication_level: 2,
    })
    expect(said).not.toHaveProperty('act')
  })

  test('says for whom the person acts, and who acts', async () => {
    const mock = await startMock({ config: full() })
    const portal = await relyingParty(mock)
    const { tokens } = await portal.tokensFor('guardian-of-two:child-13')

    const said = await oidc.tokenIntrospection(portal.config, tokens.access_token)

    expect(said).toMatchObject({
      sub: (await persona(mock, 'child-13')).sub,
      act: { sub: (await persona(mock, 'guardian-of-two')).sub },
    })
  })

  test('of a refresh token says the same sub', async () => {
    const portal = await relyingParty(await startMock({ config: full() }))
    const { tokens, claims } = await portal.tokensFor('guardian-of-two:child-13', offline)

    await expect(
      oidc.tokenIntrospection(portal.config, tokens.refresh_token!),
    ).resolves.toMatchObject({ active: true, sub: claims.sub })
  })

  test('calls a token inactive that expired, was revoked, or never was', async () => {
    const clock = new FrozenClock()
    const portal = await relyingParty(await startMock({ clock, config: full() }))
    const revoked = await portal.tokensFor('adult-level-2')
    await oidc.tokenRevocation(portal.config, revoked.tokens.access_token)
    const expired = await portal.tokensFor('adult-level-2')
    clock.advance(601)

    for (const token of [revoked.tokens.access_token, expired.tokens.access_token, 'made-up'])
      await expect(oidc.tokenIntrospection(portal.config, token)).resolves.toEqual({
        active: false,
      })
  })
})
