import * as z from 'zod'
import {
  problemsAt,
  readPartly,
  strictObject,
  type Problem,
  type Secrets,
} from '../kernel/index.ts'
import { relyingPartySchema, type RelyingParty } from './relying-party.ts'

/** A client of a file, as far as it can be read. */
export interface ReadClient {
  /** Where it stands in the list. */
  index: number
  client: RelyingParty
  /** Keys that are missing or that cannot be read: they have their problems already. */
  troubled: ReadonlySet<string>
}

/** What a clients file says. It can be used when it has no problems. */
export interface CheckedClients {
  /** `undefined` when the file has no list of clients. */
  clients: readonly ReadClient[] | undefined
  problems: readonly Problem[]
}

/** A file around clients that are judged one by one. */
const fileSchema: z.ZodType<{ clients: unknown[] }> = strictObject({
  clients: z.array(z.unknown()),
})

/** Checks what a clients file says, and reports every problem in it at once. */
export function checkClients(input: unknown): CheckedClients {
  const file = readPartly(fileSchema, input)
  const entries = file.value?.clients
  if (entries === undefined) return { clients: undefined, problems: file.problems }
  const read = entries.map((raw, index) => readClient(raw, index))
  return {
    clients: read.flatMap(({ client }) => client ?? []),
    problems: [
      ...file.problems,
      ...read.flatMap(({ problems }) => problems),
      ...takenTwice(entries),
    ],
  }
}

/** What a client proves itself by is not repeated where something is wrong with it. */
const secrets: Secrets = { client_secret: () => undefined }

function readClient(
  raw: unknown,
  index: number,
): { client: ReadClient | undefined; problems: Problem[] } {
  const place = ['clients', index]
  const standIns = { client_id: `clients[${index}]` }
  const reading = readPartly(relyingPartySchema, raw, standIns, secrets)
  const { value: client, leftOut } = reading
  const problems = problemsAt(place, reading.problems)
  if (client === undefined) return { client, problems }
  const missing = demands.filter(
    ({ key, reads, isMet }) => ![key, ...reads].some((one) => leftOut.has(one)) && !isMet(client),
  )
  return {
    client: { index, client, troubled: new Set([...leftOut, ...missing.map(({ key }) => key)]) },
    problems: [
      ...problems,
      ...missing.map(({ key, says }) => ({ path: [...place, key], message: says(client) })),
    ],
  }
}

/** What a client must have because of what else it says. */
interface Demand {
  key: string
  /** The other keys that it depends on. */
  reads: readonly string[]
  isMet: (client: RelyingParty) => boolean
  says: (client: RelyingParty) => string
}

const methodOf = ({ token_endpoint_auth_method: method = 'client_secret_basic' }: RelyingParty) =>
  method

const demands: readonly Demand[] = [
  {
    key: 'client_secret',
    reads: ['token_endpoint_auth_method'],
    isMet: (client) =>
      !methodOf(client).startsWith('client_secret') || client.client_secret !== undefined,
    says: (client) =>
      `is missing, and ${methodOf(client)} needs one. Give one, or say token_endpoint_auth_method: none for a public client`,
  },
  {
    key: 'jwks',
    reads: ['token_endpoint_auth_method', 'jwks_uri'],
    isMet: (client) =>
      methodOf(client) !== 'private_key_jwt' ||
      client['jwks'] !== undefined ||
      client.jwks_uri !== undefined,
    says: () => 'is missing, and private_key_jwt needs jwks or jwks_uri',
  },
  {
    key: 'redirect_uris',
    reads: ['leniencies'],
    isMet: ({ leniencies, redirect_uris: uris = [] }) =>
      uris.length > 0 || (leniencies?.includes('any-loopback-redirect-uri') ?? false),
    says: () => 'is missing: list at least one absolute URL',
  },
]

/** Also of clients that cannot be read otherwise. */
function takenTwice(entries: readonly unknown[]): Problem[] {
  const ids = entries.map((raw) => (raw as RelyingParty | null)?.client_id as unknown)
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index
      ? [
          {
            path: ['clients', index, 'client_id'],
            message: `must be unique, got "${id}" a second time`,
          },
        ]
      : [],
  )
}
