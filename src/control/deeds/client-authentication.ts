import { SignJWT } from 'jose'
import type { RelyingParty } from '../../clients/index.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import { AskedWrongly } from './errors.ts'

/** How a relying party shows who it is: what goes into the header, and what into the form. */
export interface Authentication {
  headers: Record<string, string>
  params: Record<string, string>
}

/**
 * Authenticates as a relying party, with the secret that it registered. OpenID Connect Core §9.
 *
 * @param instead What a test can do where only the relying party itself can.
 * @throws {@link AskedWrongly} When it would need a private key that only the relying party has.
 */
export async function authenticationOf(
  world: ControlledWorld,
  client: RelyingParty,
  instead: string,
): Promise<Authentication> {
  const { client_id: id, client_secret: secret = '' } = client
  const method = client.token_endpoint_auth_method ?? 'client_secret_basic'
  switch (method) {
    case 'none':
      return { headers: {}, params: { client_id: id } }
    case 'client_secret_post':
      return { headers: {}, params: { client_id: id, client_secret: secret } }
    case 'client_secret_basic':
      return { headers: { authorization: basic(id, secret) }, params: {} }
    case 'client_secret_jwt':
      return { headers: {}, params: await assertion(world, client, secret) }
    default:
      throw new AskedWrongly(
        `"${id}" authenticates by ${method}, with a key that only it has. ${instead}`,
      )
  }
}

/** Both are form-encoded first. RFC 6749 §2.3.1. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((text) => new URLSearchParams({ text }).toString().slice(5))
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`
}

/** RFC 7523 §2.2. */
async function assertion(
  world: ControlledWorld,
  client: RelyingParty,
  secret: string,
): Promise<Record<string, string>> {
  const { issuer, random } = world
  const now = Math.floor(world.realClock.now() / 1000)
  const asked = client['token_endpoint_auth_signing_alg']
  const alg = typeof asked === 'string' ? asked : 'HS256'
  const jwt = await new SignJWT({ jti: random.id() })
    .setProtectedHeader({ alg })
    .setIssuer(client.client_id)
    .setSubject(client.client_id)
    .setAudience(issuer)
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(new TextEncoder().encode(secret))
  return {
    client_id: client.client_id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt,
  }
}
