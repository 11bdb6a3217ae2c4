import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Random } from '../kernel/index.ts'
import { generateFor } from './algorithms.ts'
import { KeysUnreadable } from './errors.ts'
import type { KeyKeeper } from './key-keeper.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { privateKeyOf, SigningKey } from './signing-key.ts'

interface RingFile {
  cookieSecrets: string[]
  es256: JsonWebKey
  rs256Kid: string
}

export interface KeyRingOptions {
  keeper: KeyKeeper
  random: Random
}

/** A ring, and what is kept of it. */
export interface KeptRing {
  readonly ring: KeyRing
  /**
   * Keeps the ring again where it was lost, and says whether it is what is kept. Otherwise others
   * were first, and what they kept holds.
   */
  holds(): Promise<boolean>
}

/**
 * Opens the process's keys, or makes them: one for RS256, the default, and one for ES256.
 *
 * Only the elliptic key is made at once (half a millisecond). The RSA key costs a hundred times as
 * much, so it is made when first needed or when {@link KeyRing.warm} is called. Processes that start
 * together over one place agree on one set of keys: what was kept first holds.
 *
 * @throws {@link KeysUnreadable} When something is kept there that this did not make.
 * @throws {@link KeysUnwritable} When nothing can be kept there.
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  return (await openKeptRing(options)).ring
}

/** The same, for those who share the place with others and must go on agreeing. */
export async function openKeptRing({ keeper, random }: KeyRingOptions): Promise<KeptRing> {
  const name = 'keys'
  const ring = ((await keeper.read(name)) ?? (await keeper.keep(name, newRing(random)))) as RingFile
  const elliptic = usable(keeper.place(name), () => openElliptic(ring))
  const { rs256Kid } = ring
  const keepRsa = async (jwk: () => unknown) =>
    (await keeper.read(rs256Kid)) ?? (await keeper.keep(rs256Kid, await jwk()))
  let rsaJwk: unknown
  const rsa = new SigningKey(rs256Kid, 'RS256', async () => {
    rsaJwk = await keepRsa(() => generateFor('RS256'))
    return usable(keeper.place(rs256Kid), () => privateKeyOf(rsaJwk as JsonWebKey))
  })
  const holds = async () => {
    const there = await keeper.read(name)
    if (there !== undefined && !isDeepStrictEqual(there, ring)) return false
    // Before the ring: whoever found that and not the key that it names would make another one.
    if (rsaJwk !== undefined && !isDeepStrictEqual(await keepRsa(() => rsaJwk), rsaJwk))
      return false
    return there !== undefined || isDeepStrictEqual(await keeper.keep(name, ring), ring)
  }
  return { ring: createKeyRing([rsa, elliptic], ring.cookieSecrets), holds }
}

/** Makes something of what was kept, which shows whether it can be used. */
function usable<T>(place: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    throw new KeysUnreadable(place, error)
  }
}

/** The elliptic key of a ring, which also shows that the file is one of ours. */
function openElliptic({ es256, rs256Kid, cookieSecrets }: RingFile): SigningKey {
  const isOurs =
    typeof rs256Kid === 'string' &&
    Array.isArray(cookieSecrets) &&
    cookieSecrets.length > 0 &&
    cookieSecrets.every((secret) => typeof secret === 'string')
  if (!isOurs) throw new TypeError('the file has no key id or no cookie secrets')
  return SigningKey.of({ ...es256, kid: String(es256['kid']), alg: 'ES256' })
}

function newRing(random: Random): RingFile {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    cookieSecrets: [random.bytes(32).toString('base64url')],
    es256: { ...key.export({ format: 'jwk' }), kid: `es256-${random.id()}` },
    rs256Kid: `rs256-${random.id()}`,
  }
}
