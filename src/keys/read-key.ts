import {
  createHash,
  createPublicKey,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { didYouMean } from '../kernel/index.ts'
import { algorithmNames, algorithms, shortestRsaBits, type SigningAlgorithm } from './algorithms.ts'
import { KeyInvalid } from './errors.ts'
import { privateKeyOf, type PrivateJwk } from './signing-key.ts'

/**
 * A private key that somebody gave, checked and with nothing in it but what is needed. Its `alg` is
 * the one asked for, its own, or the first that its kind can sign; its `kid` is its own, or its
 * thumbprint (RFC 7638).
 *
 * @throws {@link KeyInvalid} When it cannot sign that.
 */
export function readPrivateJwk(given: unknown, wantedAlg?: string): PrivateJwk {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid(`must be a JSON Web Key (RFC 7517), got ${described(given)}.`)
  const jwk = given as JsonWebKey
  const kid = kidOf(jwk)
  const alg = algorithmOf(jwk, kid, wantedAlg)
  checkPurpose(jwk, kid)
  const key = readKey(jwk, kid)
  const bits = key.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < shortestRsaBits)
    throw invalid(
      `must have at least ${shortestRsaBits} bits (RFC 7518 §3.3), got ${bits}. Make a longer one.`,
      kid,
    )
  if (!isWhole(jwk, key))
    throw invalid(
      `must hold a private and a public half that belong together, got two of different keys. Export it again.`,
      kid,
    )
  const numbers = key.export({ format: 'jwk' })
  return { ...numbers, kid: kid ?? thumbprint(numbers), alg }
}

/** The name of an algorithm, as one that keys here can have. */
export function readAlgorithm(name: unknown, kid?: string): SigningAlgorithm {
  const known = algorithmNames.find((known) => known === name)
  if (known !== undefined) return known
  const hint = typeof name === 'string' ? didYouMean(name, algorithmNames) : ''
  throw invalid(
    `must have an "alg" of ${list(algorithmNames)}, got ${described(name)}. ${hint}`.trimEnd(),
    kid,
  )
}

/** The name of a key that is one and the same wherever the key is. RFC 7638 §3. */
export function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  // Members that a kind of key does not have are left out; the others are in the order of the RFC.
  return createHash('sha256').update(JSON.stringify({ crv, e, kty, n, x, y })).digest('base64url')
}

function invalid(must: string, kid?: string, cause?: unknown): KeyInvalid {
  const which = kid === undefined ? 'the key' : `key "${kid}"`
  return new KeyInvalid(`${which} ${must}`, kid, cause)
}

function kidOf({ kid }: JsonWebKey): string | undefined {
  if (kid === undefined || (typeof kid === 'string' && kid !== '')) return kid
  throw invalid(`must have a text as "kid", or none, got ${described(kid)}.`)
}

function algorithmOf(jwk: JsonWebKey, kid?: string, wanted?: string): SigningAlgorithm {
  const { kty, crv } = jwk
  const own = jwk['alg'] === undefined ? undefined : readAlgorithm(jwk['alg'], kid)
  const asked = wanted === undefined ? own : readAlgorithm(wanted, kid)
  if (own !== undefined && own !== asked)
    throw invalid(
      `must sign what its "alg" says, which is "${own}", got "${asked}". Ask for the same, or leave one of them out.`,
      kid,
    )
  const able = algorithmNames.filter(
    (name) => algorithms[name].kty === kty && algorithms[name].crv === crv,
  )
  const alg = asked ?? able[0]
  if (alg !== undefined && able.includes(alg)) return alg
  const kinds = new Set((asked === undefined ? algorithmNames : [asked]).map(kindOf))
  const purpose = asked === undefined ? '' : ` to sign ${asked}`
  throw invalid(`must be of ${[...kinds].join(' or of ')}${purpose}, got ${kindIn(jwk)}.`, kid)
}

function checkPurpose({ use, key_ops: operations }: JsonWebKey, kid?: string): void {
  if (use !== undefined && use !== 'sig')
    throw invalid(`must be of use "sig", got ${described(use)}. Give one that signs.`, kid)
  if (operations === undefined) return
  if (!Array.isArray(operations) || !operations.includes('sign'))
    throw invalid(
      `must have "sign" among its "key_ops", got ${described(operations)}. Give one that signs.`,
      kid,
    )
}

function readKey(jwk: JsonWebKey, kid?: string): KeyObject {
  if (jwk.d === undefined)
    throw invalid('must be a private JWK, got a public one. Give the one that has "d".', kid)
  try {
    return privateKeyOf(jwk)
  } catch (error) {
    throw invalid(
      `must be a private JWK with every member of RFC 7518 §6, got one that cannot be read (${(error as Error).message}). Export it again.`,
      kid,
      error,
    )
  }
}

/** Whether what one half signs, the other verifies. */
function isWhole({ kty, x }: JsonWebKey, key: KeyObject): boolean {
  // The public half is computed then, and the given one was never looked at.
  if (kty === 'OKP') return sameBytes(x, key.export({ format: 'jwk' }).x)
  const text = Buffer.from('whole')
  try {
    return verify('sha256', text, createPublicKey(key), sign('sha256', text, key))
  } catch {
    return false
  }
}

const sameBytes = (one = '', other = '') =>
  Buffer.from(one, 'base64url').equals(Buffer.from(other, 'base64url'))

const kindOf = (alg: SigningAlgorithm) => kindIn(algorithms[alg])

const kindIn = ({ kty, crv }: { kty?: unknown; crv?: unknown }) =>
  `kty ${described(kty)}${crv === undefined ? '' : ` with crv ${described(crv)}`}`

const described = (value: unknown) =>
  value === undefined ? 'none' : (JSON.stringify(value) ?? typeof value).slice(0, 80)

const list = (names: readonly string[]) =>
  `${names
    .slice(0, -1)
    .map((name) => `"${name}"`)
    .join(', ')} or "${names.at(-1)}"`
