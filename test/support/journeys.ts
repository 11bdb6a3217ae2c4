import type { Person, RunningMock } from '../../src/index.ts'
import type { Citizen } from './citizen.ts'
import type { Callback, RelyingParty } from './relying-party.ts'

/** The persona of that id. */
export async function persona(mock: RunningMock, id: string): Promise<Person> {
  const found = (await mock.personas()).find((person) => person.id === id)
  if (found === undefined) throw new Error(`no persona is called "${id}"`)
  return found
}

/** Opens an authorization request in the browser; it is at a page now, or already on its way back. */
export async function request(
  citizen: Citizen,
  portal: RelyingParty,
  params: Record<string, string> = {},
): Promise<Omit<Callback, 'url'>> {
  const { url, ...secrets } = await portal.begin(params)
  await citizen.open(url)
  return secrets
}

/** Walks the pages that are left, as this person, until the browser is sent away. */
export async function walk(
  citizen: Citizen,
  person: Person,
  answers: { role?: string } = {},
): Promise<URL> {
  for (let page = 0; citizen.isOnPage; page++) {
    if (page > 8) throw new Error(`the pages do not end: ${citizen.step}`)
    await citizen.submit({
      number: person.number,
      password: person.account.password,
      code: citizen.code,
      agree: 'yes',
      passcode: person.account.passcode,
      role: answers.role ?? person.id,
      ...(citizen.step === 'refused' ? { do: 'leave' } : {}),
    })
  }
  return citizen.away
}

/** Signs in on pages, from the request to the way back. */
export async function signInOnPages(
  citizen: Citizen,
  portal: RelyingParty,
  person: Person,
  options: { params?: Record<string, string>; role?: string } = {},
): Promise<Callback> {
  const secrets = await request(citizen, portal, options.params)
  return { ...secrets, url: await walk(citizen, person, options) }
}

/** Signs in without seeing a page, in this very browser. */
export async function pass(
  citizen: Citizen,
  portal: RelyingParty,
  params: Record<string, string> = {},
): Promise<Callback> {
  const secrets = await request(citizen, portal, params)
  return { ...secrets, url: citizen.away }
}

/** What an answer to the relying party says: its error, and the first word of the description. */
export function refusalOf(url: URL): { error: string | null; reason: string } {
  const description = url.searchParams.get('error_description') ?? ''
  return { error: url.searchParams.get('error'), reason: description.split(' ')[0]! }
}

/** How many seconds ago the person signed in, by what the ID token says. */
export function signInAge(claims: { auth_time?: unknown } | undefined): number {
  return Date.now() / 1000 - Number(claims?.auth_time)
}
