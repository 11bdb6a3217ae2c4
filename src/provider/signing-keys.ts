import type { KeyObject } from 'node:crypto'
import { ExternalSigningKey } from 'oidc-provider'
import type { SigningKey } from '../keys/index.ts'

/** A key as the library wants it. It waits for the key when it signs and not before. */
export class LibraryKey extends ExternalSigningKey {
  readonly #key: SigningKey

  constructor(key: SigningKey) {
    super()
    this.#key = key
  }

  override get kid(): string {
    return this.#key.kid
  }
  override get alg(): string {
    return this.#key.alg
  }
  override get kty(): string {
    return this.#key.kty
  }
  override get crv(): string | undefined {
    return this.#key.crv
  }
  /** Numbers are announced to the library only: the JWKS that leaves the house is the ring's. */
  override get e(): string {
    return 'in-the-ring'
  }
  override get n(): string {
    return 'in-the-ring'
  }
  override get x(): string {
    return 'in-the-ring'
  }
  override get y(): string {
    return 'in-the-ring'
  }
  override get pub(): undefined {
    return undefined
  }

  override keyObject(): Promise<KeyObject> {
    return this.#key.publicKey()
  }

  override sign(data: Buffer): Promise<Buffer> {
    return this.#key.sign(data)
  }
}
