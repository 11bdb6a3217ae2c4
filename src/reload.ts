import { isDeepStrictEqual } from 'node:util'
import type { RelyingParty } from './clients/index.ts'
import type { Config } from './config/index.ts'
import type { Log } from './kernel/index.ts'
import { portalClientId, type Portal } from './portal/index.ts'
import type { PeopleFile } from './accounts/index.ts'

export interface ReloadOptions {
  /** What is in force. */
  config: Config
  /** Reads all files again. */
  loadAgain: () => Config
  /** Lets these people and relying parties count in every world. */
  replace: (changed: { people: PeopleFile; clients: readonly RelyingParty[] }) => void
  portal: Portal | undefined
  /** The clients of a configuration, as the world takes them. */
  clientsOf: (config: Config) => readonly RelyingParty[]
  log: Log
}

/** The secret by which the demo portal shows that it is the demo portal. */
export const portalSecretIn = (clients: readonly RelyingParty[]): string =>
  clients.find(({ client_id: id }) => id === portalClientId)?.client_secret ?? ''

/**
 * Makes a function that takes over what the files say now: people, clients and services. All of it
 * is checked before any of it counts, so that a broken file changes nothing. Sessions, sign-ins and
 * grants stay, and judge people and clients as they are from now on.
 */
export function createReload(options: ReloadOptions): () => Promise<void> {
  const { loadAgain, replace, portal, clientsOf, log } = options
  const started = options.config
  let inForce = started
  return async () => {
    const next = loadAgain()
    const clients = clientsOf(next)
    replace({ people: next.people, clients })
    portal?.replace({ services: next.services, clientSecret: portalSecretIn(clients) })
    log({ event: 'notice', message: whatChanged(inForce, next) })
    const waiting = changedIn(started.settings, next.settings)
    if (waiting.length > 0)
      log({
        event: 'notice',
        message: `${waiting.join(', ')} changed in the settings, which count from the next start on.`,
      })
    inForce = next
  }
}

function whatChanged(before: Config, after: Config): string {
  const parts = (['people', 'clients', 'services'] as const).filter(
    (part) => !isDeepStrictEqual(before[part], after[part]),
  )
  if (parts.length === 0) return 'the files were read again, and say what was in force already.'
  const counts = { ...after, people: after.people.people }
  const read = parts.map((part) => `${part} (${counts[part].length})`)
  return `${read.join(', ')} were read again and are in force.`
}

function changedIn(before: object, after: object): string[] {
  const [one, other] = [before, after] as Readonly<Record<string, unknown>>[]
  const names = new Set([...Object.keys(one!), ...Object.keys(other!)])
  return [...names].filter((name) => !isDeepStrictEqual(one![name], other![name]))
}
