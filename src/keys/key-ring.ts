import type { PublicJwk, SigningKey } from './signing-key.ts'

/** The keys that sign tokens and cookies: a value, so that whoever changes keys has another ring. */
export interface KeyRing {
  /** All that are published. The first of each algorithm signs; the first of all is the default. */
  readonly signing: readonly SigningKey[]
  /** Secrets that sign cookies, the newest first. */
  readonly cookieSecrets: readonly string[]
  /** The public keys, once every one of them exists. RFC 7517 §5. */
  publicJwks(): Promise<{ keys: PublicJwk[] }>
  /** Makes what is still missing, so that the first signature need not wait. */
  warm(): Promise<void>
}

/** A ring of these keys, in this order. */
export function createKeyRing(
  signing: readonly SigningKey[],
  cookieSecrets: readonly string[],
): KeyRing {
  const publicJwks = async () => ({
    keys: await Promise.all(signing.map((key) => key.publicJwk())),
  })
  return { signing, cookieSecrets, publicJwks, warm: async () => void (await publicJwks()) }
}

type Named = Pick<SigningKey, 'kid' | 'alg'>

/** Whether new signatures of its algorithm are made by this one. */
export function isSigning(key: Named, among: readonly Named[]): boolean {
  return among.find(({ alg }) => alg === key.alg)?.kid === key.kid
}

/** The same keys, with this one in the place of the one that signed until now. */
export function switchedTo<Key extends Named>(key: Key, among: readonly Key[]): Key[] {
  const others = among.filter(({ kid }) => kid !== key.kid)
  const place = among.findIndex(({ alg }) => alg === key.alg)
  return others.toSpliced(place, 0, key)
}

/** The other keys. What this one signed until now, the next of its algorithm signs in its place. */
export function without<Key extends Named>(key: Key, among: readonly Key[]): Key[] {
  const next = among.find(({ kid, alg }) => alg === key.alg && kid !== key.kid)
  const ordered = next && isSigning(key, among) ? switchedTo(next, among) : among
  return ordered.filter(({ kid }) => kid !== key.kid)
}
