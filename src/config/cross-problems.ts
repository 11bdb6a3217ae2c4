import type { PeopleFile } from '../accounts/index.ts'
import type { RelyingParty } from '../clients/index.ts'
import { didYouMean, type Problem } from '../kernel/index.ts'
import { portalClientId } from '../portal/index.ts'
import type { Settings } from './settings.ts'

/**
 * What the clients file says of things that stand in other files. Those that are broken are not
 * asked.
 */
export function crossProblems(files: {
  clients: readonly RelyingParty[]
  people: PeopleFile | undefined
  settings: Settings | undefined
}): Problem[] {
  const { clients, people, settings } = files
  const automatic = people
    ? clients.flatMap((client, index) => strangers(client, index, people))
    : []
  return settings?.portal ? [...automatic, ...missingPortal(clients)] : automatic
}

/** `auto_sign_in` names a person, and after a colon a child, ward or organisation. */
function strangers(
  { auto_sign_in: named }: RelyingParty,
  index: number,
  { people, organizations }: PeopleFile,
): Problem[] {
  if (named === undefined) return []
  const path = ['clients', index, 'auto_sign_in']
  const [name = '', subject] = named.split(':', 2)
  const ids = people.map(({ id }) => id)
  const all = [...ids, ...organizations.map(({ id }) => id)]
  const isNumber = /^\d{12}$/.test(name) // may be one that is made up at start
  if (!isNumber && !ids.includes(name)) return [{ path, message: mustName('a person', name, ids) }]
  if (subject && !all.includes(subject))
    return [{ path, message: mustName('after the colon a person or organisation', subject, all) }]
  return []
}

const mustName = (what: string, name: string, known: readonly string[]) =>
  `must name ${what} of people.yaml, got "${name}". ${didYouMean(name, known)}`.trim()

function missingPortal(clients: readonly RelyingParty[]): Problem[] {
  const ids = clients.map(({ client_id: id }) => id)
  if (ids.includes(portalClientId)) return []
  const meant = didYouMean(portalClientId, ids).replace('Did you mean', 'Is it')
  const message = `must have "${portalClientId}", which the demo portal signs in as. ${meant}Add it, or start with --no-portal`
  return [{ path: ['clients'], message }]
}
