import * as oidc from 'openid-client'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { pass, persona, refusalOf } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

const atHost = (host: string) => `http://${host}:8080/cb`
const secret = (id: string) => ({ client_id: id, client_secret: `${id}-secret` })

/** Two relying parties of one sector, one of another, each knowing people by names of its own. */
async function aMockOfSectors(backchannel?: string): Promise<TestMock> {
  const pairwise = { subject_type: 'pairwise' }
  const config = configFolder({
    settings: { provider: { discovery: 'full' } },
    clients: [
      aClient({
        ...secret('tax'),
        ...pairwise,
        redirect_uris: [atHost('localhost')],
        ...(backchannel === undefined ? {} : { backchannel_logout_uri: backchannel }),
      }),
      aClient({ ...secret('customs'), ...pairwise, redirect_uris: [atHost('localhost')] }),
      aClient({ ...secret('health'), ...pairwise, redirect_uris: [atHost('127.0.0.1')] }),
    ],
  })
  return startMock({ config })
}

const sector = (mock: TestMock, clientId: string) =>
  relyingParty(mock, {
    clientId,
    redirectUri: atHost(clientId === 'health' ? '127.0.0.1' : 'localhost'),
  })

describe('a pairwise sub', () => {
  test('is the same within a sector, another elsewhere, and never the public one', async () => {
    const mock = await aMockOfSectors()
    const [tax, customs, health] = await Promise.all(
      ['tax', 'customs', 'health'].map(async (id) =>
        (await sector(mock, id)).tokensFor('adult-level-2').then(({ claims }) => claims.sub),
      ),
    )

    expect(customs).toBe(tax)
    expect(health).not.toBe(tax)
    expect([tax, health]).not.toContain((await persona(mock, 'adult-level-2')).sub)
  })

  test('is the same at every sign-in, and differs from person to person', async () => {
    const portal = await sector(await aMockOfSectors(), 'tax')

    const first = await portal.tokensFor('adult-level-2')
    const again = await portal.tokensFor('adult-level-2')
    const other = await portal.tokensFor('adult-level-1')

    expect(again.claims.sub).toBe(first.claims.sub)
    expect(other.claims.sub).not.toBe(first.claims.sub)
  })

  test('is of the child when the guardian acts, whose own is in act', async () => {
    const portal = await sector(await aMockOfSectors(), 'tax')

    const child = await portal.tokensFor('child-13')
    const guardian = await portal.tokensFor('guardian-of-two')
    const acting = await portal.tokensFor('guardian-of-two:child-13')

    expect(acting.claims.sub).toBe(child.claims.sub)
    expect(acting.claims['act']).toEqual({ sub: guardian.claims.sub })
  })

  test('is the same in userinfo and introspection', async () => {
    const portal = await sector(await aMockOfSectors(), 'tax')
    const { tokens, claims } = await portal.tokensFor('guardian-of-two:child-13')

    const userinfo = await portal.userinfo(tokens.access_token, claims.sub)
    const said = await oidc.tokenIntrospection(portal.config, tokens.access_token)

    expect(userinfo).toMatchObject({ sub: claims.sub, act: claims['act'] })
    expect(said).toMatchObject({ sub: claims.sub, act: claims['act'] })
  })

  test('is, when another client introspects, the one its own client knows', async () => {
    const mock = await aMockOfSectors()
    const tax = await sector(mock, 'tax')
    const health = await sector(mock, 'health')
    const { tokens, claims } = await tax.tokensFor('guardian-of-two:child-13')

    const said = await oidc.tokenIntrospection(health.config, tokens.access_token)

    expect(said).toMatchObject({ sub: claims.sub, client_id: 'tax' })
  })

  test('is the one in the logout token', async () => {
    const server = await localServer()
    const mock = await aMockOfSectors(`${server.origin}/logout`)
    const portal = await sector(mock, 'tax')
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(
      await pass(citizen, portal, { login_hint: 'auto:guardian-of-two:child-13' }),
    )

    await citizen.open(oidc.buildEndSessionUrl(portal.config, { id_token_hint: tokens.id_token! }))

    expect(server.received).toHaveLength(1)
    const { sub } = decodeJwt(server.received[0]!.form.get('logout_token')!)
    expect(sub).toBe(tokens.claims()!.sub)
  })

  test('is understood in id_token_hint and as the value of the sub claim', async () => {
    const mock = await aMockOfSectors()
    const portal = await sector(mock, 'tax')
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(
      await pass(citizen, portal, { login_hint: 'auto:guardian-of-two:child-13' }),
    )
    const { sub } = tokens.claims()!
    const silently = (params: Record<string, string>) =>
      pass(citizen, portal, { prompt: 'none', ...params })

    const hinted = await silently({ id_token_hint: tokens.id_token! })
    const named = await silently({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }) })
    const other = await silently({ claims: JSON.stringify({ id_token: { sub: { value: 'x' } } }) })

    expect((await portal.redeem(hinted)).claims()!.sub).toBe(sub)
    expect((await portal.redeem(named)).claims()!.sub).toBe(sub)
    expect(refusalOf(other.url).error).toBe('login_required')
  })
})
