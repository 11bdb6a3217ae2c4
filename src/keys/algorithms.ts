import {
  constants,
  generateKeyPair,
  sign,
  type ECKeyPairKeyObjectOptions,
  type JsonWebKey,
  type KeyObject,
  type SigningOptions,
} from 'node:crypto'
import { promisify } from 'node:util'

/** What a key may sign with. RFC 7518 §3.1, RFC 8037 §3.1. */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA'

interface Algorithm {
  kty: 'RSA' | 'EC' | 'OKP'
  /** The one curve it is good for. */
  crv?: 'P-256' | 'Ed25519'
  digest: 'sha256' | null
  options: SigningOptions
  /** Worth a thread of its own: a hundred times as long as an elliptic signature. */
  isSlow: boolean
}

const rsa = { kty: 'RSA', digest: 'sha256', isSlow: true } as const

const pss: SigningOptions = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
}

/** Of several for one kind of key, the first is meant where a key does not say. */
export const algorithms: Readonly<Record<SigningAlgorithm, Algorithm>> = {
  RS256: { ...rsa, options: {} },
  PS256: { ...rsa, options: pss },
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    digest: 'sha256',
    options: { dsaEncoding: 'ieee-p1363' },
    isSlow: false,
  },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', digest: null, options: {}, isSlow: false },
}

export const algorithmNames: readonly SigningAlgorithm[] = Object.keys(
  algorithms,
) as SigningAlgorithm[]

/** RFC 7518 §3.3 and §3.5. */
export const shortestRsaBits = 2048

const signOffThread = promisify<string | null, Buffer, { key: KeyObject } & SigningOptions, Buffer>(
  sign,
)

/** A signature as a JWS has it. RFC 7515 §5.1. */
export async function signWith(
  alg: SigningAlgorithm,
  key: KeyObject,
  text: Buffer,
): Promise<Buffer> {
  const { digest, options, isSlow } = algorithms[alg]
  return isSlow
    ? signOffThread(digest, text, { key, ...options })
    : sign(digest, text, { key, ...options })
}

/** A new private key for the algorithm, as JWK with nothing but its numbers. */
export async function generateFor(alg: SigningAlgorithm): Promise<JsonWebKey> {
  const { privateKey } = await generatePair(alg)
  return privateKey.export({ format: 'jwk' })
}

async function generatePair(alg: SigningAlgorithm): Promise<{ privateKey: KeyObject }> {
  const generate = promisify(generateKeyPair)
  switch (algorithms[alg].kty) {
    case 'RSA':
      return generate('rsa', { modulusLength: shortestRsaBits })
    case 'EC':
      return generate('ec', { namedCurve: 'P-256' } satisfies ECKeyPairKeyObjectOptions)
    case 'OKP':
      return generate('ed25519')
  }
}
