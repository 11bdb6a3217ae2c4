import { Provider } from 'oidc-provider'
import type { ReadClient } from '../clients/index.ts'
import { didYouMean, type Problem } from '../kernel/index.ts'
import { SigningKey, type SigningAlgorithm } from '../keys/index.ts'
import { optionalNames } from '../signin/index.ts'
import { metadataOf } from './client-metadata.ts'
import { clientRules } from './client-rules.ts'

type Metadata = Readonly<Record<string, unknown>>

/** What the library makes of a client's metadata, and throws when it does not accept it. */
type LibraryClient = new (metadata: Metadata) => object

/**
 * What the library will not accept of each relying party, which it would otherwise say at the first
 * sign-in only: an algorithm it does not know, a redirect URI with a fragment, keys that do not
 * fit.
 *
 * @param algorithms What the world's keys sign with, the default first.
 */
export function clientProblems(
  clients: readonly ReadClient[],
  acrValues: readonly string[],
  algorithms: readonly SigningAlgorithm[] = ['RS256', 'ES256'],
): Problem[] {
  const { Client } = new Provider('http://localhost', {
    ...clientRules(acrValues, [...new Set(algorithms)].map(announced)),
    adapter: () => ({}) as never,
    cookies: { keys: ['unused'] },
  }) as unknown as { Client: LibraryClient }
  return clients.flatMap((client) => [...unknownClaims(client), ...refusalsOf(Client, client)])
}

/** What nobody could keep back, because nobody is told it. */
function unknownClaims({ index, client }: ReadClient): Problem[] {
  const { optional_claims: named } = client
  if (!Array.isArray(named)) return []
  return named.flatMap((name: string, at) =>
    optionalNames.includes(name)
      ? []
      : [
          {
            path: ['clients', index, 'optional_claims', at],
            message:
              `must be a scope or a claim that may be kept back, got "${name}". ${didYouMean(name, optionalNames)}`.trim(),
          },
        ],
  )
}

/**
 * The library says one thing at a time: what it has said is mended, and it is asked again. What it
 * then says of something mended is no problem of the client's.
 */
function refusalsOf(Client: LibraryClient, { index, client, troubled }: ReadClient): Problem[] {
  const problems: Problem[] = []
  const told = new Set(troubled)
  let metadata = mended(metadataOf(client), told)
  for (;;) {
    const text = refusalOf(Client, metadata)
    if (text === undefined) return problems
    const words = wordsOf(text)
    const key = words.find((word) => word in client || told.has(word))
    const isNew = key === undefined || !told.has(key)
    if (isNew) problems.push(problemAt(['clients', index], key, text))
    const toMend = isNew
      ? (key ?? words.find((word) => word in standInsFor && !told.has(word)))
      : words.find((word) => word in metadata && !told.has(word))
    if (toMend === undefined) return problems
    told.add(toMend)
    metadata = mended(metadata, new Set([toMend]))
  }
}

const problemAt = (place: Problem['path'], key: string | undefined, text: string): Problem =>
  key === undefined
    ? { path: place, message: text }
    : { path: [...place, key], message: text.replace(`${key} `, '') }

/** Keys with an underscore first: "scope" and "jwks" are words that a sentence may have anyway. */
const wordsOf = (text: string) =>
  text.split(/[^a-z_]+/).toSorted((a, b) => Number(b.includes('_')) - Number(a.includes('_')))

type Refusal = Error & {
  error_description?: string
  cause?: Error & { error_description?: string }
}

function refusalOf(Client: LibraryClient, metadata: Metadata): string | undefined {
  try {
    void new Client(structuredClone(metadata))
    return undefined
  } catch (error) {
    const { error_description: said, cause, message } = error as Refusal
    const why = [said ?? message, cause?.error_description ?? cause?.message]
    return why.filter(Boolean).join(': ')
  }
}

/** The metadata with nothing in the place of these keys that the library could complain of. */
function mended(metadata: Metadata, keys: ReadonlySet<string>): Metadata {
  const kept = Object.entries(metadata).filter(([key]) => !keys.has(key))
  const standIns = [...keys].map((key) => standInsFor[key] ?? {})
  return Object.assign(Object.fromEntries(kept), ...standIns) as Metadata
}

const secret = { client_secret: 'stands-in-for-one-that-is-missing' }

const standInsFor: Readonly<Record<string, Metadata>> = {
  client_id: { client_id: 'stand-in' },
  client_secret: secret,
  redirect_uris: { redirect_uris: ['https://stand-in.invalid/'] },
  jwks: { jwks_uri: 'https://stand-in.invalid/jwks' },
  jwks_uri: { jwks_uri: 'https://stand-in.invalid/jwks' },
  token_endpoint_auth_method: { ...secret, token_endpoint_auth_signing_alg: undefined },
}

/** The library reads the algorithms off its keys. Nothing is signed here. */
const announced = (alg: SigningAlgorithm) =>
  new SigningKey(alg, alg, () => Promise.reject(new Error(`no key for ${alg} is here`)))
