import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const offline = { scope: 'openid profile offline_access', prompt: 'consent' }
const day = 24 * 3600

const refresh = ({ config }: RelyingParty, token: string | undefined) =>
  oidc.refreshTokenGrant(config, token!)

describe('a refresh token', () => {
  test('is given for offline_access with prompt=consent, and for nothing less', async () => {
    const portal = await relyingParty(await startMock())

    const asked = await portal.tokensFor('adult-level-2', offline)
    const withoutPrompt = await portal.tokensFor('adult-level-2', { scope: offline.scope })
    const withoutScope = await portal.tokensFor('adult-level-2', { prompt: 'consent' })

    expect(asked.tokens.refresh_token).toEqual(expect.any(String))
    expect(asked.tokens.scope).toBe(offline.scope)
    expect(withoutPrompt.tokens.refresh_token).toBeUndefined()
    expect(withoutPrompt.tokens.scope).toBe('openid profile')
    expect(withoutScope.tokens.refresh_token).toBeUndefined()
  })

  test('gives new tokens of the same sign-in', async () => {
    const portal = await relyingParty(await startMock())
    const { tokens, claims } = await portal.tokensFor('guardian-of-two:child-13', offline)

    const renewed = await refresh(portal, tokens.refresh_token)

    expect(renewed.access_token).not.toBe(tokens.access_token)
    expect(renewed.claims()).toMatchObject({
      sub: claims.sub,
      act: claims['act'],
      acr: claims['acr'],
      amr: claims['amr'],
      auth_time: claims['auth_time'],
      authentication_level: claims['authentication_level'],
    })
    await expect(portal.userinfo(renewed.access_token, claims.sub)).resolves.toMatchObject({
      name: 'Phạm Hoàng Nam',
      authentication_level: 2,
    })
  })

  test('may be used for less than was granted, and never for more', async () => {
    const portal = await relyingParty(await startMock())
    const { tokens, claims } = await portal.tokensFor('adult-level-2', offline)

    const less = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!, {
      scope: 'openid',
    })
    const userinfo = await portal.userinfo(less.access_token, claims.sub)

    expect(less.scope).toBe('openid')
    expect(userinfo).not.toHaveProperty('name')
    await expect(
      oidc.refreshTokenGrant(portal.config, less.refresh_token!, { scope: 'openid vneid' }),
    ).rejects.toEqual(refused('invalid_scope'))
  })

  test('changes with each use, and its reuse ends everything that came from it', async () => {
    const portal = await relyingParty(await startMock())
    const first = await portal.tokensFor('adult-level-2', offline)
    const second = await refresh(portal, first.tokens.refresh_token)
    expect(second.refresh_token).not.toBe(first.tokens.refresh_token)

    await expect(refresh(portal, first.tokens.refresh_token)).rejects.toEqual(
      refused('invalid_grant'),
    )
    await expect(refresh(portal, second.refresh_token)).rejects.toEqual(refused('invalid_grant'))
    await expect(portal.userinfo(second.access_token, first.claims.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
  })

  test('of two that use it at the same moment one is refused, and what the other got dies', async () => {
    const portal = await relyingParty(await startMock())
    const { tokens, claims } = await portal.tokensFor('adult-level-2', offline)

    const both = await Promise.allSettled([
      refresh(portal, tokens.refresh_token),
      refresh(portal, tokens.refresh_token),
    ])

    const lost = both.filter((one) => one.status === 'rejected')
    const won = both.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
    expect(lost.length).toBeGreaterThanOrEqual(1)
    for (const { reason } of lost) expect(reason).toEqual(refused('invalid_grant'))
    for (const { access_token: token } of won)
      await expect(portal.userinfo(token, claims.sub)).rejects.toEqual(refused('invalid_token'))
  })

  test('belongs to its client', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const other = await relyingParty(mock, { clientId: 'dev' })
    const { tokens } = await portal.tokensFor('adult-level-2', offline)

    await expect(refresh(other, tokens.refresh_token)).rejects.toEqual(refused('invalid_grant'))
  })

  test('outlives the session, and dies fourteen days after the sign-in', async () => {
    const clock = new FrozenClock()
    const portal = await relyingParty(await startMock({ clock }))
    const callback = await portal.signIn('adult-level-2', offline)
    clock.advance(50)
    const first = await portal.redeem(callback)

    clock.advance(14 * day - 10)
    const second = await refresh(portal, first.refresh_token)
    clock.advance(70)

    expect(second.claims()!.sub).toBe(first.claims()!.sub)
    await expect(refresh(portal, second.refresh_token)).rejects.toEqual(refused('invalid_grant'))
  })

  test('lives as long when the person was signed in before, for minutes only', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const as = { login_hint: 'auto:adult-level-2' }
    await pass(citizen, portal, as)
    const lasting = await portal.redeem(await pass(citizen, portal, { ...as, ...offline }))
    await pass(citizen, portal, as)
    clock.advance(13 * day)

    await expect(refresh(portal, lasting.refresh_token)).resolves.toHaveProperty('access_token')
  })

  test('is worth nothing once the account cannot be used any more', async () => {
    const clock = new FrozenClock()
    const seconds = 20 * 365 * day
    const config = configFolder({ settings: { provider: { refresh_token_seconds: seconds } } })
    const portal = await relyingParty(await startMock({ clock, config }))
    const { tokens } = await portal.tokensFor('adult-level-2', offline)
    clock.advance(10 * 365 * day)
    const inTime = await refresh(portal, tokens.refresh_token)
    clock.advance(4 * 365 * day)

    await expect(refresh(portal, inTime.refresh_token)).rejects.toEqual(refused('invalid_grant'))
  })
})

describe('an access token', () => {
  test('dies after ten minutes of the world’s time, while the refresh token lives on', async () => {
    const clock = new FrozenClock()
    const portal = await relyingParty(await startMock({ clock }))
    const { tokens, claims } = await portal.tokensFor('adult-level-2', offline)
    clock.advance(599)
    await portal.userinfo(tokens.access_token, claims.sub)
    clock.advance(2)

    await expect(portal.userinfo(tokens.access_token, claims.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
    await expect(refresh(portal, tokens.refresh_token)).resolves.toHaveProperty('access_token')
  })
})
