import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { ExternalSigningKey } from 'oidc-provider'
import type { Random } from '../kernel/index.ts'
import { KeysUnreadable, type KeyKeeper } from './key-keeper.ts'

const signOffThread = promisify<string, Buffer, KeyObject, Buffer>(sign)

/** The keys that sign tokens and cookies. */
export interface KeyRing {
  /** For tokens, the default algorithm first. */
  signing: readonly ExternalSigningKey[]
  /** Secrets that sign cookies, the newest first. */
  cookieSecrets: readonly string[]
  /** The public keys, once every one of them exists. RFC 7517 §5. */
  publicJwks(): Promise<{ keys: JsonWebKey[] }>
  /** Makes what is still missing, so that the first signature need not wait. */
  warm(): Promise<void>
}

interface RingFile {
  cookieSecrets: string[]
  es256: JsonWebKey
  rs256Kid: string
}

/**
 * Opens the keys that are kept, or makes them.
 *
 * Only the elliptic key is made at once (half a millisecond). The RSA key costs a hundred times as
 * much, so it is made when first needed or when {@link KeyRing.warm} is called. Processes that start
 * together over one place agree on one set of keys: what was kept first holds.
 *
 * @throws {@link KeysUnreadable} When something is kept there that this did not make.
 * @throws {@link KeysUnwritable} When nothing can be kept there.
 */
export async function openKeyRing({ keeper, random }: KeyRingOptions): Promise<KeyRing> {
  const name = 'keys'
  const ring = ((await keeper.read(name)) ?? (await keeper.keep(name, newRing(random)))) as RingFile
  const elliptic = usable(keeper.place(name), () => openElliptic(ring))
  const rsa = new LazyRsaKey(ring.rs256Kid, async () => {
    const kept = await keeper.read(ring.rs256Kid)
    const key = (kept ?? (await keeper.keep(ring.rs256Kid, await newRsaKey()))) as JsonWebKey
    return usable(keeper.place(ring.rs256Kid), () => privateKey(key))
  })
  return {
    signing: [rsa, elliptic],
    cookieSecrets: ring.cookieSecrets,
    publicJwks: async () => ({ keys: [await rsa.publicJwk(), elliptic.publicJwk()] }),
    warm: async () => void (await rsa.publicJwk()),
  }
}

export interface KeyRingOptions {
  keeper: KeyKeeper
  random: Random
}

/** Makes something of what was kept, which shows whether it can be used. */
function usable<T>(place: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    throw new KeysUnreadable(place, error)
  }
}

class LazyRsaKey extends ExternalSigningKey {
  readonly #kid: string
  readonly #make: () => Promise<KeyObject>
  #private: Promise<KeyObject> | undefined

  constructor(kid: string, make: () => Promise<KeyObject>) {
    super()
    this.#kid = kid
    this.#make = make
  }

  override get kid(): string {
    return this.#kid
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
  /** Announced to the library only: the JWKS that leaves the house comes from `publicJwk`. */
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

  get private(): Promise<KeyObject> {
    this.#private ??= this.#make().catch((error: unknown) => {
      // A store that was out of reach may answer the next time.
      this.#private = undefined
      throw error
    })
    return this.#private
  }

  override async keyObject(): Promise<KeyObject> {
    return createPublicKey(await this.private)
  }

  override async sign(data: Buffer): Promise<Buffer> {
    return signOffThread('sha256', data, await this.private)
  }

  async publicJwk(): Promise<JsonWebKey> {
    return {
      ...(await this.keyObject()).export({ format: 'jwk' }),
      kid: this.kid,
      ...signingUse('RS256'),
    }
  }
}

class EllipticKey extends ExternalSigningKey {
  readonly #kid: string
  readonly #private: KeyObject
  readonly #public: KeyObject

  constructor(jwk: JsonWebKey) {
    super()
    this.#kid = String(jwk['kid'])
    this.#private = privateKey(jwk)
    this.#public = createPublicKey(this.#private)
  }

  override get kid(): string {
    return this.#kid
  }
  override get alg(): string {
    return 'ES256'
  }

  override keyObject(): KeyObject {
    return this.#public
  }

  override async sign(data: Buffer): Promise<Buffer> {
    return sign('sha256', data, { key: this.#private, dsaEncoding: 'ieee-p1363' })
  }

  publicJwk(): JsonWebKey {
    return { ...this.#public.export({ format: 'jwk' }), kid: this.kid, ...signingUse('ES256') }
  }
}

/** The elliptic key of a ring, which also shows that the file is one of ours. */
function openElliptic({ es256, rs256Kid, cookieSecrets }: RingFile): EllipticKey {
  const isOurs =
    typeof rs256Kid === 'string' &&
    Array.isArray(cookieSecrets) &&
    cookieSecrets.length > 0 &&
    cookieSecrets.every((secret) => typeof secret === 'string')
  if (!isOurs) throw new TypeError('the file has no key id or no cookie secrets')
  return new EllipticKey(es256)
}

const signingUse = (alg: string) => ({ alg, use: 'sig' })

const privateKey = (key: JsonWebKey) => createPrivateKey({ key, format: 'jwk' })

function newRing(random: Random): RingFile {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    cookieSecrets: [random.bytes(32).toString('base64url')],
    es256: { ...key.export({ format: 'jwk' }), kid: `es256-${random.id()}` },
    rs256Kid: `rs256-${random.id()}`,
  }
}

async function newRsaKey(): Promise<JsonWebKey> {
  const { privateKey: key } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return key.export({ format: 'jwk' })
}
