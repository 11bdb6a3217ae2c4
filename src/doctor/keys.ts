import { realService } from './address.ts'
import { inShort } from './connection.ts'
import { ok, warning, wrong, type Finding } from './diagnosis.ts'
import { listIn, textIn, type Discovery } from './discovery.ts'
import { realServiceOf } from './hosts.ts'
import { isAnswer, objectIn, type Answer, type Probe, type Reply } from './probe.ts'
import { list, quote } from './quote.ts'

type Key = Record<string, unknown>

/** Whether the provider's keys can be had, and whether there is one for each announced algorithm. */
export async function examineKeys({ document }: Discovery, probe: Probe): Promise<Finding> {
  const address = textIn(document, 'jwks_uri') ?? ''
  if (!URL.canParse(address)) return unreadable(address, 'it is not an absolute URL')
  const url = new URL(address)
  const service = realServiceOf(url)
  if (service !== undefined) return realService(url, service)
  const reply = await probe(url)
  if (!isAnswer(reply)) return unreadable(url.href, inShort(reply))
  if (reply.status !== 200) return unreadable(url.href, `it answers ${reply.status}`)
  const keys = keysIn(reply)
  if (!keys) return unreadable(url.href, 'it is no JSON Web Key Set')
  if (areOthers(keys, await probe(url))) return wavering(url)
  return judge(url, keys, listIn(document, 'id_token_signing_alg_values_supported'))
}

/** Whether another moment, which may be another replica, has other keys. */
function areOthers(keys: readonly Key[], reply: Reply): boolean {
  const again = isAnswer(reply) && reply.status === 200 ? keysIn(reply) : undefined
  return again !== undefined && namesOf(again) !== namesOf(keys)
}

/** What tells them apart, in whatever order they stand. */
const namesOf = (keys: readonly Key[]): string =>
  keys
    .map(({ kid, kty, n, x }) => JSON.stringify([kty, kid, n, x]))
    .toSorted()
    .join()

const wavering = (url: URL): Finding =>
  wrong('keys', {
    what: `the keys at ${url.href} were others when they were asked for again.`,
    why: 'A relying party that has the keys of one moment cannot check ID tokens of another. Several replicas answer by turns, and each has keys of its own.',
    fix: 'Give all replicas one --store (redis://…), or run a single one. If keys were changed this very moment, run this again.',
  })

function judge(url: URL, keys: readonly Key[], announced: readonly string[]): Finding {
  if (keys.some((key) => ['d', 'k', 'p'].some((secret) => secret in key)))
    return wrong('keys', {
      what: `${url.href} publishes a private key.`,
      why: 'Anybody can now sign tokens that every relying party believes.',
      fix: 'Take it down, make new keys, and publish their public halves only.',
    })
  if (keys.length === 0)
    return wrong('keys', {
      what: `the key set at ${url.href} is empty.`,
      why: 'No relying party can check an ID token, so every sign-in ends in an error.',
      fix: 'Restart the provider; if it stays empty, look in its log for a key file or store that it cannot read.',
    })
  const algorithms = announced.filter((name) => name !== 'none' && !name.startsWith('HS'))
  const without = algorithms.filter((name) => !keys.some((key) => fits(key, name)))
  if (without.length === 0)
    return ok(
      'keys',
      `${keys.length === 1 ? 'one public key' : `${keys.length} public keys`} at ${url.host}, with one for ${list(algorithms) || 'whatever it signs with'}.`,
    )
  const told = {
    what: `discovery announces ${list(without.map(quote))} for ID tokens, but ${url.href} has no key for ${without.length === 1 ? 'it' : 'them'}.`,
    fix: 'Let the provider publish such a key, or stop announcing the algorithm. If keys were just changed, wait for the cache before it, or clear it.',
  }
  return without.length === algorithms.length
    ? wrong('keys', { ...told, why: 'No ID token can be checked with these keys.' })
    : warning('keys', {
        ...told,
        why: 'A relying party registered for that algorithm cannot check its ID tokens.',
      })
}

/** RFC 7518 §3.1 and RFC 8037 §3.1: which kind of key each algorithm signs with. */
const curves: Readonly<Record<string, readonly string[]>> = {
  ES256: ['P-256'],
  ES384: ['P-384'],
  ES512: ['P-521'],
  ES256K: ['secp256k1'],
  EdDSA: ['Ed25519', 'Ed448'],
  Ed25519: ['Ed25519'],
}

function fits(key: Key, algorithm: string): boolean {
  const isForSigning = key['use'] === undefined || key['use'] === 'sig'
  const isForIt = key['alg'] === undefined || key['alg'] === algorithm
  const isOfKind = /^[RP]S\d/.test(algorithm)
    ? key['kty'] === 'RSA'
    : (curves[algorithm] ?? []).includes(String(key['crv']))
  return isForSigning && isForIt && isOfKind
}

function keysIn(answer: Answer): Key[] | undefined {
  const keys = objectIn(answer)?.['keys']
  if (!Array.isArray(keys)) return undefined
  return keys.filter((key): key is Key => typeof key === 'object' && key !== null)
}

const unreadable = (address: string, reason: string): Finding =>
  wrong('keys', {
    what: `the provider’s keys cannot be read at ${quote(address)}: ${reason}.`,
    why: 'Without them no relying party can check an ID token.',
    fix: 'Open that address from where the portal runs. If its host is right for browsers only, start the mock with --issuer-mode split and --internal-url.',
  })
