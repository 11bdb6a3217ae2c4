import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { algorithms, signWith, type SigningAlgorithm } from './algorithms.ts'

/** A private key that says what it is called and what it signs with. RFC 7517 §4. */
export type PrivateJwk = JsonWebKey & { kid: string; alg: SigningAlgorithm }

/** A public key as everybody may see it. RFC 7517 §4. */
export type PublicJwk = JsonWebKey & { kid: string; alg: SigningAlgorithm; use: 'sig' }

/** One key of a ring: its name is known at once, its numbers may still have to be made. */
export class SigningKey {
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly #load: () => Promise<KeyObject>
  #private: Promise<KeyObject> | undefined

  /** @param load Brings the private key when it is first needed, and again after it could not. */
  constructor(kid: string, alg: SigningAlgorithm, load: () => Promise<KeyObject>) {
    this.kid = kid
    this.alg = alg
    this.#load = load
  }

  /** A key that is there already. */
  static of(jwk: PrivateJwk): SigningKey {
    const key = privateKeyOf(jwk)
    return new SigningKey(jwk.kid, jwk.alg, async () => key)
  }

  get kty(): string {
    return algorithms[this.alg].kty
  }

  /** The curve, of an elliptic key. */
  get crv(): string | undefined {
    return algorithms[this.alg].crv
  }

  async sign(text: Buffer): Promise<Buffer> {
    return signWith(this.alg, await this.#key(), text)
  }

  async publicKey(): Promise<KeyObject> {
    return createPublicKey(await this.#key())
  }

  async publicJwk(): Promise<PublicJwk> {
    const { kid, alg } = this
    return { ...(await this.publicKey()).export({ format: 'jwk' }), kid, alg, use: 'sig' }
  }

  async privateJwk(): Promise<PrivateJwk> {
    const { kid, alg } = this
    return { ...(await this.#key()).export({ format: 'jwk' }), kid, alg }
  }

  #key(): Promise<KeyObject> {
    this.#private ??= this.#load().catch((error: unknown) => {
      // A store that was out of reach may answer the next time.
      this.#private = undefined
      throw error
    })
    return this.#private
  }
}

export function privateKeyOf(jwk: JsonWebKey): KeyObject {
  return createPrivateKey({ key: jwk, format: 'jwk' })
}
