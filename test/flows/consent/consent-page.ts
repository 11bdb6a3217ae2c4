import type { Person } from '../../../src/index.ts'
import type { Citizen } from '../../support/citizen.ts'
import { request } from '../../support/journeys.ts'
import { textOf } from '../../support/page-parts.ts'
import type { Callback, RelyingParty } from '../../support/relying-party.ts'

/** Every scope that tells something. */
export const everything =
  'openid profile phone email address vneid vneid:identity vneid:family vneid:organization'

/** The boxes of the consent page: the claims that may be kept back, and whether they are ticked. */
export function boxesOf({ page }: Citizen): Record<string, boolean> {
  const boxes = [...page.text.matchAll(/<input[^>]* name="shared" value="([^"]+)"([^>]*)>/g)]
  return Object.fromEntries(boxes.map(([, name = '', rest = '']) => [name, / checked/.test(rest)]))
}

/** The part of the page that lists what is told. */
const listOf = ({ page }: Citizen): string =>
  /id="essential"[^]*class="terms"/.exec(page.text)?.[0] ?? ''

/** What the page lists as required: each label with its value. */
export function requiredOf(citizen: Citizen): Record<string, string> {
  const rows = [...listOf(citizen).matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)]
  return Object.fromEntries(
    rows.map(([, label = '', value = '']) => [textOf(label), textOf(value)]),
  )
}

/** What stands beside the boxes: each label with its value. */
export function optionalOf(citizen: Citizen): Record<string, string> {
  const rows = [
    ...listOf(citizen).matchAll(/<span><b>([^<]*)<\/b><small>([^<]*)<\/small><\/span>/g),
  ]
  return Object.fromEntries(
    rows.map(([, label = '', value = '']) => [textOf(label), textOf(value)]),
  )
}

/** Sends the page of consent as a browser would that (un)ticked these boxes and left the others. */
export async function share(
  citizen: Citizen,
  {
    also = [],
    except = [],
    agree = 'yes',
  }: { also?: readonly string[]; except?: readonly string[]; agree?: string } = {},
): Promise<void> {
  const boxes = boxesOf(citizen)
  const ticked = Object.keys(boxes).filter(
    (name) => (boxes[name] || also.includes(name)) && !except.includes(name),
  )
  const fields = { offered: Object.keys(boxes), shared: ticked, agree }
  await citizen.submit(fields as unknown as Record<string, string>)
}

/** Walks to the page of consent, or past it where nobody is asked. */
export async function reachConsent(
  citizen: Citizen,
  portal: RelyingParty,
  person: Person,
  { params, role = person.id }: { params?: Record<string, string>; role?: string } = {},
): Promise<Omit<Callback, 'url'> & { met: string[] }> {
  const secrets = await request(citizen, portal, params)
  const met: string[] = []
  while (citizen.isOnPage && citizen.step !== 'consent' && met.length < 9) {
    met.push(citizen.step)
    await citizen.submit({
      number: person.number,
      password: person.account.password,
      code: citizen.code,
      passcode: person.account.passcode,
      role,
    })
  }
  return { ...secrets, met: citizen.isOnPage ? [...met, citizen.step] : met }
}

/** Signs in on pages and shares all but these, where asked. Says which pages there were. */
export async function signInSharing(
  citizen: Citizen,
  portal: RelyingParty,
  person: Person,
  options: {
    params?: Record<string, string>
    role?: string
    also?: readonly string[]
    except?: readonly string[]
  } = {},
) {
  const { met, ...secrets } = await reachConsent(citizen, portal, person, options)
  if (citizen.isOnPage) {
    await share(citizen, options)
    await citizen.submit({ passcode: person.account.passcode })
  }
  const tokens = await portal.redeem({ ...secrets, url: citizen.away })
  const claims = tokens.claims()!
  const told = async () => Object.keys(await portal.userinfo(tokens.access_token, claims.sub))
  return { met, tokens, claims, told }
}
