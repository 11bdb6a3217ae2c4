import type { KnownIds } from '../accounts/index.ts'
import { withPortalUrls, type ReadClient } from '../clients/index.ts'
import { didYouMean, type Problem } from '../kernel/index.ts'
import { portalClientId } from '../portal/index.ts'
import { clientProblems } from '../provider/index.ts'
import { isOpen, publishedSecrets } from './openness.ts'
import type { Settings } from './settings.ts'

/**
 * What the clients file says that only others can judge: the people and the settings, which stand
 * in other files, and the library. Files that cannot be read are not asked.
 */
export function crossProblems(files: {
  clients: readonly ReadClient[]
  ids: KnownIds | undefined
  settings: Settings | undefined
}): Problem[] {
  const { clients, ids, settings } = files
  return [
    ...(ids ? clients.flatMap((one) => strangers(one, ids, settings?.population.size)) : []),
    ...(settings?.portal ? missingPortal(clients) : []),
    ...(settings && !isOpen(settings) ? publishedSecrets(clients) : []),
    ...refusedByLibrary(clients, settings),
  ]
}

/** `auto_sign_in` names a person, and after a colon a child, ward or organisation. */
function strangers(
  { client: { auto_sign_in: named }, index }: ReadClient,
  { people, organizations }: KnownIds,
  size = Infinity,
): Problem[] {
  if (named === undefined) return []
  const path = ['clients', index, 'auto_sign_in']
  const [name = '', subject, ...more] = named.split(':')
  const all = [...people, ...organizations]
  const isNumber = /^\d{12}$/.test(name) // may be one that is made up at start
  if (more.length > 0)
    return [{ path, message: `must be a person, or a person:subject, got "${named}"` }]
  const isThere = (id: string) => people.includes(id) || isComputed(id, size)
  if (!isNumber && !isThere(name)) return [{ path, message: mustName('a person', name, people) }]
  if (subject !== undefined && !all.includes(subject) && !isThere(subject))
    return [{ path, message: mustName('after the colon a person or organisation', subject, all) }]
  return []
}

/** `p-12` is somebody in a population of more than twelve. */
const isComputed = (id: string, size: number) =>
  /^p-(0|[1-9]\d{0,8})$/.test(id) && Number(id.slice(2)) < size

const mustName = (what: string, name: string, known: readonly string[]) =>
  `must name ${what} of people.yaml, got "${name}". ${didYouMean(name, known)}`.trim()

function missingPortal(clients: readonly ReadClient[]): Problem[] {
  const ids = clients.map(({ client }) => client.client_id)
  // A client whose id cannot be read may be the one.
  if (ids.includes(portalClientId) || clients.some(({ troubled }) => troubled.has('client_id')))
    return []
  const meant = didYouMean(portalClientId, ids).replace('Did you mean', 'Is it')
  const message = `must have "${portalClientId}", which the demo portal signs in as. ${meant}Add it, or start with --no-portal`
  return [{ path: ['clients'], message }]
}

function refusedByLibrary(
  clients: readonly ReadClient[],
  settings: Settings | undefined,
): Problem[] {
  const { portal_url: portalUrl = 'http://localhost:3007', sign_in: signIn } = settings ?? {}
  const urls = {
    '{portal}': portalUrl,
    '{portal-internal}': settings?.portal_internal_url ?? portalUrl,
  }
  const acrValues = signIn
    ? [signIn.account_level_names, signIn.authentication_level_names].flatMap(Object.values<string>)
    : clients.flatMap(({ client }) => (client['default_acr_values'] as string[] | undefined) ?? [])
  const there = clients.map((one) => ({ ...one, client: withPortalUrls(one.client, urls) }))
  return clientProblems(there, acrValues)
}
