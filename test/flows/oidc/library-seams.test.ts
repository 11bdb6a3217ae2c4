import { AsyncLocalStorage } from 'node:async_hooks'
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import {
  ExternalSigningKey,
  interactionPolicy,
  Provider,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { confirm } from 'oidc-provider/lib/actions/end_session.js'
import als from 'oidc-provider/lib/helpers/als.js'
import instance from 'oidc-provider/lib/helpers/weak_cache.js'
import { describe, expect, test } from 'vitest'

/**
 * What the product leans on beyond the library's public interface: an upgrade shows here what
 * moved.
 */

const aProvider = (configuration = {}) => new Provider('http://localhost:1', configuration)

describe('the library’s grant', () => {
  test('keeps exactly the fields that IN_PAYLOAD names, which can be extended', () => {
    const provider = aProvider()
    const fields = (provider.Grant as unknown as { IN_PAYLOAD: string[] }).IN_PAYLOAD

    Object.defineProperty(provider.Grant, 'IN_PAYLOAD', {
      get: () => [...fields, 'onBehalfOf'],
    })
    const loaded = new provider.Grant({ accountId: 'a', clientId: 'c', onBehalfOf: 'b' } as never)

    expect(fields).toEqual(expect.arrayContaining(['accountId', 'clientId', 'openid']))
    expect(fields).not.toContain('onBehalfOf')
    expect(loaded).toMatchObject({ accountId: 'a', onBehalfOf: 'b' })
  })

  test('belongs to one provider, so that one world does not change another', () => {
    const [one, other] = [aProvider(), aProvider()]

    Object.defineProperty(one.Grant, 'IN_PAYLOAD', { get: () => [] })

    expect((other.Grant as unknown as { IN_PAYLOAD: string[] }).IN_PAYLOAD).toContain('accountId')
  })

  test('has an adapter of its own that can destroy it', () => {
    const { adapter } = aProvider().Grant as unknown as { adapter: { destroy: unknown } }

    expect(adapter.destroy).toBeTypeOf('function')
  })
})

describe('the library’s tokens', () => {
  test.each(['AuthorizationCode', 'AccessToken', 'RefreshToken'] as const)(
    'are verified by a method of their model, saved and named by methods of their prototype: %s',
    (name) => {
      const model = aProvider()[name] as unknown as Record<string, unknown>
      const { prototype } = model as { prototype: Record<string, unknown> }

      expect(model['IN_PAYLOAD']).toEqual(expect.arrayContaining(['accountId', 'grantId']))
      expect(model['verify']).toBeTypeOf('function')
      expect(prototype['save']).toBeTypeOf('function')
      expect(prototype['generateTokenId']).toBeTypeOf('function')
    },
  )

  test('belong to one provider, so that one world does not change another', () => {
    const [one, other] = [aProvider(), aProvider()]

    Object.assign(one.AccessToken.prototype as object, { save: 'changed' })

    expect(other.AccessToken.prototype).not.toHaveProperty('save', 'changed')
  })
})

describe('the library’s session', () => {
  test('is made by one method of its model, and changes its ids by methods of its prototype', () => {
    const { Session } = aProvider()
    const model = Session as unknown as { instantiate: () => { uid: string; jti: string } }

    const session = model.instantiate()

    expect(session).toMatchObject({ uid: expect.any(String), jti: expect.any(String) })
    for (const method of ['resetIdentifier', 'ensureClientContainer'])
      expect((Session.prototype as unknown as Record<string, unknown>)[method]).toBeTypeOf(
        'function',
      )
  })
})

describe('what the library signs', () => {
  test('is stamped by setting exp and iat on the very payload that is signed', async () => {
    const provider = aProvider({
      clients: [{ client_id: 'c', client_secret: 's', redirect_uris: ['http://localhost/cb'] }],
    })
    const client = (await provider.Client.find('c'))!
    const token = new provider.IdToken({ sub: 'a' }, { client, ctx: undefined as never })
    const stamped: string[] = []
    const payload = Object.defineProperties(
      { sub: 'a' },
      Object.fromEntries(
        ['exp', 'iat'].map((name) => [
          name,
          { enumerable: true, get: () => 7, set: () => stamped.push(name) },
        ]),
      ),
    )
    Object.assign(token, { payload: async () => payload })

    const signed = await token.issue({ use: 'idtoken' })

    expect(stamped).toEqual(['exp', 'iat'])
    expect(decodeJwt(signed)).toMatchObject({ exp: 7, iat: 7 })
  })
})

describe('the library’s client', () => {
  test('takes its subject type through a property that the prototype can own', async () => {
    const provider = aProvider({
      clients: [{ client_id: 'c', client_secret: 's', redirect_uris: ['http://localhost/cb'] }],
    })
    const asked: string[] = []
    Object.defineProperty(provider.Client.prototype, 'subjectType', {
      get: () => 'pairwise',
      set(value: string) {
        asked.push(value)
      },
    })

    const client = await provider.Client.find('c')

    expect(client).toHaveProperty('subjectType', 'pairwise')
    expect(asked).toEqual(['public'])
  })

  test.each(['redirectUriAllowed', 'postLogoutRedirectUriAllowed', 'backchannelLogout'])(
    'has %s on its prototype',
    (method) => {
      const { prototype } = aProvider().Client as unknown as { prototype: Record<string, unknown> }

      expect(prototype[method]).toBeTypeOf('function')
    },
  )
})

describe('the library’s sign-out', () => {
  test('ends in one step that signs out, after those that read the form', () => {
    expect(confirm.at(-1)).toHaveProperty('name', 'endSession')
  })
})

describe('the library’s context', () => {
  test('is the one that Provider.ctx reads', () => {
    const ctx = { oidc: {} } as KoaContextWithOIDC

    expect(als).toBeInstanceOf(AsyncLocalStorage)
    expect(als.run(ctx, () => Provider.ctx)).toBe(ctx)
    expect(Provider.ctx).toBeUndefined()
  })
})

describe('the library’s response modes', () => {
  test('stand in a map of each provider, form_post among them', () => {
    const { responseModes } = instance(aProvider())

    expect([...responseModes.keys()]).toEqual(
      expect.arrayContaining(['query', 'fragment', 'form_post']),
    )
  })
})

describe('the library’s policy', () => {
  test('asks for sign-in, then consent, and takes a prompt before both', () => {
    const policy = interactionPolicy.base()

    policy.add(new interactionPolicy.Prompt({ name: 'automatic' }), 0)

    expect(policy.map(({ name }) => name)).toEqual(['automatic', 'login', 'consent'])
  })

  test.each(['essential_acr', 'essential_acrs', 'max_age', 'id_token_hint', 'no_session'])(
    'has the check %s for the sign-in, whose error can be set',
    (reason) => {
      const check = interactionPolicy.base().get('login')!.checks.get(reason)!

      expect(Object.getOwnPropertyDescriptor(check, 'error')).toMatchObject({ writable: true })
    },
  )
})

/** Says at once what it is, and has its key only when somebody signs. */
class LateKey extends ExternalSigningKey {
  readonly pair: Promise<{ publicKey: KeyObject; privateKey: KeyObject }>

  constructor(pair: LateKey['pair']) {
    super()
    this.pair = pair
  }
  override get kid(): string {
    return 'late'
  }
  override get alg(): string {
    return 'RS256'
  }
  override get kty(): string {
    return 'RSA'
  }
  override get e(): string {
    return 'AQAB'
  }
  override get n(): string {
    return 'not-yet-made'
  }
  override get crv(): undefined {
    return undefined
  }
  override get x(): undefined {
    return undefined
  }
  override get y(): undefined {
    return undefined
  }
  override get pub(): undefined {
    return undefined
  }
  override async keyObject(): Promise<KeyObject> {
    return (await this.pair).publicKey
  }
  override async sign(data: Buffer): Promise<Buffer> {
    return sign('sha256', data, (await this.pair).privateKey)
  }
}

describe('the library’s external signing key', () => {
  test('may be made after the provider, and signs once it is there', async () => {
    let make!: (pair: { publicKey: KeyObject; privateKey: KeyObject }) => void
    const key = new LateKey(new Promise((made) => (make = made)))
    const provider = aProvider({
      jwks: { keys: [key] },
      features: { externalSigningSupport: { enabled: true, ack: 'experimental-01' } },
      clients: [{ client_id: 'c', client_secret: 's', redirect_uris: ['http://localhost/cb'] }],
    })
    const client = (await provider.Client.find('c'))!
    const token = new provider.IdToken({ sub: 's' }, { client, ctx: undefined as never })
    token.set('nonce', 'n')
    const issuing = token.issue({ use: 'logout' } as never)

    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    make(pair)
    const jwt = await issuing

    const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'late' }
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256', kid: 'late' })
    await expect(
      jwtVerify(jwt, createLocalJWKSet({ keys: [jwk as never] })),
    ).resolves.toHaveProperty('payload.nonce', 'n')
  })
})

describe('the library’s middleware', () => {
  test('sees, after the route, which one it was and what it answers', async () => {
    const provider = aProvider()
    let seen: { route?: string; body?: unknown } = {}
    provider.use(async (ctx, next) => {
      await next()
      seen = { route: (ctx as KoaContextWithOIDC).oidc.route, body: ctx.body }
    })
    const answer = provider.callback()
    const server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))

    const { port } = server.address() as AddressInfo
    await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`)
    await new Promise((closed) => server.close(closed))

    expect(seen).toMatchObject({ route: 'discovery', body: { issuer: 'http://localhost:1' } })
  })
})
