import { decodeJwt } from 'jose'
import type { MockWorld, SignInOptions } from '../../../../src/index.ts'

const scopes = [
  'openid profile phone email address vneid vneid:identity',
  'vneid:family vneid:organization vneid:documents offline_access',
].join(' ')

type Claims = Record<string, unknown>

/** What a relying party holds after a sign-in, and what it hears when it comes back with it. */
export interface Lasting {
  claims: Claims
  /** What is said of the person now, or the error. */
  userinfo(): Promise<Claims>
  /** The claims of a new ID token, or the error. */
  refresh(): Promise<Claims>
}

/** Signs somebody in at a relying party that may come back with a refresh token. */
export async function signInForLong(
  world: MockWorld,
  { parameters, ...options }: Pick<SignInOptions, 'as' | 'role' | 'client' | 'parameters'>,
): Promise<Lasting> {
  const asked = {
    client: 'test-rp',
    scope: scopes,
    parameters: { prompt: 'consent', ...parameters },
    ...options,
  }
  const { claims = {}, accessToken = '', refreshToken = '' } = await world.signIn(asked)
  let latest = refreshToken
  return {
    claims,
    userinfo: () => ask(`${world.issuer}/me`, { authorization: `Bearer ${accessToken}` }),
    refresh: async () => {
      const form = { grant_type: 'refresh_token', refresh_token: latest }
      const said = await ask(`${world.issuer}/token`, basic, new URLSearchParams(form))
      if (typeof said['id_token'] !== 'string') return said
      latest = String(said['refresh_token'])
      return decodeJwt(said['id_token'])
    },
  }
}

const basic = { authorization: `Basic ${btoa('test-rp:test-rp-secret')}` }

async function ask(
  url: string,
  headers: Record<string, string>,
  body?: URLSearchParams,
): Promise<Claims> {
  const reply = await fetch(url, body ? { method: 'POST', headers, body } : { headers })
  return (await reply.json()) as Claims
}
