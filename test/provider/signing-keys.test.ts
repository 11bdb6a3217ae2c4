import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose'
import { Provider } from 'oidc-provider'
import { beforeEach, describe, expect, test } from 'vitest'
import { createKeyRing, SigningKey, type KeyRing, type WorldKeys } from '../../src/keys/index.ts'
import { clientRules } from '../../src/provider/client-rules.ts'
import { anEcKey, anEdKey, anRsaKey, worldKeys } from '../keys/rings.ts'

/** The library over a ring, as a world has it, with a client that says nothing of algorithms. */
function libraryOver({ signing, cookieSecrets }: KeyRing, client: Record<string, string> = {}) {
  return new Provider('http://localhost:1', {
    ...clientRules(['level-1'], signing),
    adapter: () => ({}) as never,
    cookies: { keys: [...cookieSecrets] },
    clients: [
      {
        client_id: 'portal',
        client_secret: 'secret',
        redirect_uris: ['http://localhost/cb'],
        ...client,
      },
    ],
  })
}

async function idTokenOf(provider: Provider): Promise<string> {
  const client = (await provider.Client.find('portal'))!
  const token = new provider.IdToken({ sub: 'somebody' }, { client, ctx: undefined as never })
  token.set('sub', 'somebody')
  token.set('nonce', 'n')
  return token.issue({ use: 'logout' } as never)
}

/** What a relying party makes of it, that has fetched the keys just now. */
async function verified(token: string, ring: KeyRing): Promise<JWTPayload> {
  const jwks = createLocalJWKSet(await ring.publicJwks())
  return (await jwtVerify(token, jwks)).payload
}

const [rsa, secondRsa] = [anRsaKey(), anRsaKey()]

describe('an ID token', () => {
  let keys: WorldKeys

  beforeEach(async () => {
    keys = worldKeys().keys
    await keys.use([
      { ...rsa, kid: 'first' },
      { ...anEcKey(), kid: 'ec' },
    ])
  })

  test('is signed by a new key after the switch, and not before', async () => {
    await keys.add({ jwk: { ...secondRsa, kid: 'second' } })
    const before = await idTokenOf(libraryOver(keys.ring()))
    await keys.switchTo('second')
    const after = await idTokenOf(libraryOver(keys.ring()))

    expect(decodeProtectedHeader(before)).toMatchObject({ alg: 'RS256', kid: 'first' })
    expect(decodeProtectedHeader(after)).toMatchObject({ alg: 'RS256', kid: 'second' })
  })

  test('from before a switch is understood after it, and no more when its key is retired', async () => {
    const token = await idTokenOf(libraryOver(keys.ring()))
    await keys.add({ jwk: { ...secondRsa, kid: 'second' } })
    await keys.switchTo('second')
    const switched = keys.ring()
    await keys.retire('first')

    await expect(verified(token, switched)).resolves.toMatchObject({ nonce: 'n' })
    await expect(verified(token, keys.ring())).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    })
  })

  test('is understood by the library as a hint exactly as long', async () => {
    const token = await idTokenOf(libraryOver(keys.ring()))
    const asHint = async (provider: Provider) =>
      provider.IdToken.validate(token, (await provider.Client.find('portal'))!)
    await keys.add({ jwk: { ...secondRsa, kid: 'second' } })
    await keys.switchTo('second')
    const switched = libraryOver(keys.ring())
    await keys.retire('first')

    await expect(asHint(switched)).resolves.toHaveProperty('payload.nonce', 'n')
    await expect(asHint(libraryOver(keys.ring()))).rejects.toThrow('no applicable')
  })

  test.each([
    ['RS256', rsa],
    ['PS256', rsa],
    ['ES256', anEcKey()],
    ['EdDSA', anEdKey()],
  ] as const)('signed with %s is understood', async (alg, jwk) => {
    const ring = createKeyRing([SigningKey.of({ ...jwk, kid: 'it', alg })], ['cookie secret'])

    const token = await idTokenOf(libraryOver(ring, { id_token_signed_response_alg: alg }))

    expect(decodeProtectedHeader(token)).toMatchObject({ alg, kid: 'it' })
    await expect(verified(token, ring)).resolves.toMatchObject({ nonce: 'n' })
  })

  test('is signed with what comes first in the ring for whoever asks for nothing', async () => {
    await keys.use([anEcKey('ec'), { ...rsa, kid: 'rsa' }])

    const token = await idTokenOf(libraryOver(keys.ring()))

    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: 'ec' })
  })
})
