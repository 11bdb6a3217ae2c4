import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { createOutboundFetch } from '../../../src/provider/outbound.ts'
import { createClients } from '../../../src/clients/index.ts'
import { aClientKey } from '../../support/client-keys.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { localServer } from '../../support/local-server.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

describe('the way out of the mock', () => {
  const clients = (metadata: Record<string, unknown>) =>
    createClients([{ client_id: 'other-rp', ...metadata }])

  test('leads to what clients have registered', async () => {
    const server = await localServer()
    const call = createOutboundFetch({ clients: clients({ jwks_uri: `${server.origin}/jwks` }) })

    await call(`${server.origin}/jwks`)

    expect(server.received.map(({ path }) => path)).toEqual(['/jwks'])
  })

  test('leads nowhere else, not even to where browsers are sent', async () => {
    const server = await localServer()
    const call = createOutboundFetch({
      clients: clients({ redirect_uris: [`${server.origin}/cb`] }),
    })

    await expect(call(`${server.origin}/cb`)).rejects.toThrow(
      `"${server.origin}/cb" is called by no client's metadata. Register it in clients.yaml.`,
    )
    expect(server.received).toEqual([])
  })

  test('follows no redirect', async () => {
    const elsewhere = await localServer()
    const server = await localServer(() => ({
      status: 302,
      headers: { location: `${elsewhere.origin}/inner` },
    }))
    const call = createOutboundFetch({ clients: clients({ jwks_uri: `${server.origin}/jwks` }) })

    await expect(call(`${server.origin}/jwks`)).rejects.toThrow('fetch failed')
    expect(elsewhere.received).toEqual([])
  })
})

test('no request names where the mock calls', async () => {
  const key = await aClientKey('ES256')
  const tempting = await localServer(() => ({ json: { keys: [key.jwk] } }))
  const config = configFolder({ clients: [aClient({ jwks: { keys: [key.jwk] } })] })
  const mock = await startMock({ config })
  const portal = await relyingParty(mock, { clientId: 'other-rp' })
  const url = oidc.buildAuthorizationUrl(portal.config, {
    redirect_uri: portal.redirectUri,
    scope: 'openid',
    request_uri: `${tempting.origin}/request`,
    jwks_uri: `${tempting.origin}/jwks`,
    backchannel_logout_uri: `${tempting.origin}/logout`,
  })

  const reply = await fetch(url, { redirect: 'manual' })

  expect(reply.status).toBeGreaterThanOrEqual(300)
  expect(reply.status).toBeLessThan(500)
  expect(tempting.received).toEqual([])
})
