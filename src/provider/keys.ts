import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ExternalSigningKey } from 'oidc-provider'
import { MockVneidError, type Random } from '../kernel/index.ts'

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

/** A file of keys is there and cannot be used. */
export class KeysUnreadable extends MockVneidError {
  override readonly code = 'ERR_KEYS_UNREADABLE'
  readonly file: string

  constructor(file: string, cause: unknown) {
    super(
      `the keys in "${file}" cannot be read. Delete the file and start again: new keys are made.`,
      {
        cause,
      },
    )
    this.file = file
  }
}

/** The folder for keys cannot be made or written to. */
export class KeysUnwritable extends MockVneidError {
  override readonly code = 'ERR_KEYS_UNWRITABLE'
  readonly folder: string

  constructor(folder: string, cause: unknown) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    super(
      `keys cannot be kept in "${folder}" (${code}). Make it a folder that can be written to, or name another with --data-folder.`,
      { cause },
    )
    this.folder = folder
  }
}

interface RingFile {
  cookieSecrets: string[]
  es256: JsonWebKey
  rs256Kid: string
}

/**
 * Opens the keys kept in `folder`, or makes them there: readable by the owner only, kept out of git
 * by a `.gitignore` of its own. Without a folder they live as long as the process.
 *
 * Only the elliptic key is made at once (half a millisecond). The RSA key costs a hundred times as
 * much, so it is made when first needed or when {@link KeyRing.warm} is called, and two processes
 * that start together agree on one, because a file is only ever written where there is none.
 *
 * @throws {@link KeysUnreadable} When a file is there and is not what this wrote.
 * @throws {@link KeysUnwritable} When the folder cannot be made or written to.
 */
export function openKeyRing(options: { folder?: string; random: Random }): KeyRing {
  const keep = keeper(options.folder)
  const ring = keep<RingFile>('keys.json', () => newRing(options.random))
  const rsa = new LazyRsaKey(ring.rs256Kid, async () => {
    const file = `${ring.rs256Kid}.json`
    const made = (keep.read(file) as JsonWebKey | undefined) ?? (await newRsaKey())
    const kept = keep<JsonWebKey>(file, () => made)
    return keep.reads(file, () => privateKey(kept))
  })
  const elliptic = keep.reads('keys.json', () => openElliptic(ring))
  return {
    signing: [rsa, elliptic],
    cookieSecrets: ring.cookieSecrets,
    publicJwks: async () => ({ keys: [await rsa.publicJwk(), elliptic.publicJwk()] }),
    warm: async () => void (await rsa.publicJwk()),
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
    return (this.#private ??= this.#make())
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

/** Keeps a value in a file of the folder; where the file is there already, what it says holds. */
function keeper(folder: string | undefined) {
  const read = (name: string): unknown => {
    if (folder === undefined) return undefined
    const file = join(folder, name)
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return undefined
      if (code === 'ENOTDIR') throw new KeysUnwritable(folder, error)
      throw new KeysUnreadable(file, error)
    }
    try {
      return JSON.parse(text) as unknown
    } catch (error) {
      throw new KeysUnreadable(file, error)
    }
  }
  const keep = <T>(name: string, make: () => T): T => {
    const kept = read(name)
    if (kept !== undefined) return kept as T
    const made = make()
    if (folder === undefined) return made
    return write(folder, name, made) ? made : ((read(name) ?? made) as T)
  }
  /** Makes something of what was kept, which shows whether it can be used. */
  const reads = <T>(name: string, use: () => T): T => {
    try {
      return use()
    } catch (error) {
      throw new KeysUnreadable(join(folder ?? '', name), error)
    }
  }
  return Object.assign(keep, { read, reads })
}

function write(folder: string, name: string, value: unknown): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeIfAbsent(join(folder, '.gitignore'), '*\n')
    return writeIfAbsent(join(folder, name), `${JSON.stringify(value)}\n`)
  } catch (error) {
    throw new KeysUnwritable(folder, error)
  }
}

function writeIfAbsent(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
