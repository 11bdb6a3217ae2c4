/** The portal of whoever reads docs/testing.md: a page, "Đăng nhập bằng VNeID", and a name. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import * as oidc from 'openid-client'

/**
 * @param {{ issuer: string; clientId?: string; clientSecret?: string }} settings
 * @returns {Promise<{ url: string; close: () => Promise<void> }>}
 */
export async function startPortal({ issuer, clientId = 'dev', clientSecret = 'dev-secret' }) {
  const insecure = { execute: [oidc.allowInsecureRequests] }
  const config = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, insecure)
  /** @type {Map<string, string>} The Code verifier of each sign-in that was begun. */
  const begun = new Map()

  /** @param {URL} url */
  const callback = async (url) => {
    const state = url.searchParams.get('state') ?? ''
    const checks = { expectedState: state, pkceCodeVerifier: begun.get(state) ?? '' }
    const tokens = await oidc.authorizationCodeGrant(config, url, checks)
    const sub = tokens.claims()?.sub ?? ''
    const { name } = await oidc.fetchUserInfo(config, tokens.access_token, sub)
    return `<h1>Xin chào, ${name}</h1>`
  }
  const login = async () => {
    const [state, verifier] = [oidc.randomState(), oidc.randomPKCECodeVerifier()]
    begun.set(state, verifier)
    return oidc.buildAuthorizationUrl(config, {
      scope: 'openid profile',
      redirect_uri: `${address()}/callback`,
      state,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href
  }

  /** @type {(url: URL, response: import('node:http').ServerResponse) => Promise<unknown>} */
  const answer = async (url, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (url.pathname === '/login') return response.writeHead(302, { location: await login() }).end()
    if (url.pathname === '/callback')
      return response.end(await callback(url).catch(() => '<h1>Bạn chưa đăng nhập được</h1>'))
    return response.end('<a href="/login">Đăng nhập bằng VNeID</a>')
  }
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', address()), response)
  })
  const address = () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
    return `http://localhost:${port}`
  }
  await once(server.listen(0), 'listening')
  return {
    url: address(),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
