import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { startMock } from '../../support/mock.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

/** Where `test-spa` lives. */
const own = 'http://localhost:8080'
const foreign = 'http://evil.example'

const allowed = (reply: Response) => reply.headers.get('access-control-allow-origin')

/** A portal that lives in the browser: a public client, with PKCE and without a secret. */
const portalInBrowser = async (issuer: string): Promise<RelyingParty> =>
  relyingParty(
    { issuer },
    { clientId: 'test-spa', auth: oidc.None(), redirectUri: 'http://localhost:8080/' },
  )

/** The token request as a browser sends it from a page of this origin. */
async function redeemFrom(origin: string): Promise<{ issuer: string; reply: Response }> {
  const { issuer } = await startMock()
  const { url, verifier } = await (await portalInBrowser(issuer)).signIn('adult-level-2')
  const reply = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'test-spa',
      code: url.searchParams.get('code')!,
      redirect_uri: 'http://localhost:8080/',
      code_verifier: verifier,
    }),
  })
  return { issuer, reply }
}

describe('a browser’s page at the origin of its client', () => {
  test('reads the tokens', async () => {
    const { reply } = await redeemFrom(own)

    expect(reply.status).toBe(200)
    expect(allowed(reply)).toBe(own)
  })

  test('reads the claims, after asking whether it may send its token', async () => {
    const { issuer, reply } = await redeemFrom(own)
    const { access_token: token } = (await reply.json()) as { access_token: string }

    const preflight = await fetch(`${issuer}/me`, {
      method: 'OPTIONS',
      headers: {
        origin: own,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    const claims = await fetch(`${issuer}/me`, {
      headers: { origin: own, authorization: `Bearer ${token}` },
    })

    expect(preflight.status).toBe(204)
    expect(allowed(preflight)).toBe(own)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(claims.status).toBe(200)
    expect(allowed(claims)).toBe(own)
  })
})

describe('a browser’s page at a foreign origin', () => {
  test('cannot redeem a code', async () => {
    const { reply } = await redeemFrom(foreign)

    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: 'invalid_request' })
  })

  test('cannot read claims, even with a token', async () => {
    const { issuer, reply } = await redeemFrom(own)
    const { access_token: token } = (await reply.json()) as { access_token: string }

    const claims = await fetch(`${issuer}/me`, {
      headers: { origin: foreign, authorization: `Bearer ${token}` },
    })

    expect(claims.status).toBe(400)
    expect(JSON.stringify(await claims.json())).not.toContain('sub')
  })
})

test.each(['/.well-known/openid-configuration', '/jwks'])(
  'what is public at %s may be read by every page',
  async (path) => {
    const { issuer } = await startMock()

    const replies = await Promise.all(
      [own, foreign].map((origin) => fetch(`${issuer}${path}`, { headers: { origin } })),
    )

    expect(replies.map(allowed)).toEqual([own, foreign])
  },
)

test('no page of another origin may read the sign-in itself', async () => {
  const { issuer } = await startMock()
  const { url } = await (await portalInBrowser(issuer)).begin()

  const replies = await Promise.all(
    [url, `${issuer}/`].map((address) =>
      fetch(address, { headers: { origin: own }, redirect: 'manual' }),
    ),
  )

  expect(replies.map(allowed)).toEqual([null, null])
})
