import { describe, expect, test } from 'vitest'
import { Citizen } from '../support/citizen.ts'
import { startMock } from '../support/mock.ts'
import { relyingParty } from '../support/relying-party.ts'

describe('a citizen who walks every page', () => {
  test('ends at the relying party with tokens that say who and how', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const [adult] = await mock.personas()
    const citizen = new Citizen(mock)
    const { url, ...secrets } = await portal.begin()

    await citizen.open(url)
    await citizen.submit({ number: adult!.number, password: adult!.account.password })
    await citizen.submit({ code: citizen.code })
    await citizen.submit({ agree: 'yes' })
    await citizen.submit({ passcode: adult!.account.passcode })
    const tokens = await portal.redeem({ url: citizen.away, ...secrets })
    const claims = tokens.claims()!
    const userinfo = await portal.userinfo(tokens.access_token, claims.sub)

    expect(claims).toMatchObject({
      sub: adult!.sub,
      acr: 'urn:mock-vneid:level:2',
      amr: ['pwd', 'otp', 'pin', 'mfa'],
      authentication_level: 2,
    })
    expect(userinfo).toMatchObject({
      sub: adult!.sub,
      name: adult!.name,
      personal_id_number: adult!.number,
      account_level: 2,
    })
  })
})

describe('an automatic user', () => {
  test('gets the same tokens without a page', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const [adult] = await mock.personas()

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims).toMatchObject({
      sub: adult!.sub,
      acr: 'urn:mock-vneid:level:2',
      amr: ['pwd', 'otp', 'pin', 'mfa'],
      authentication_level: 2,
    })
  })

  test('acts for a child, whose sub is the same as when the child signs in', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)

    const asGuardian = await portal.tokensFor('guardian-of-two:child-13')
    const asChild = await portal.tokensFor('child-13')

    expect(asGuardian.claims.sub).toBe(asChild.claims.sub)
    expect(asGuardian.claims['act']).toMatchObject({ sub: expect.any(String) })
    expect(asChild.claims['act']).toBeUndefined()
  })
})
