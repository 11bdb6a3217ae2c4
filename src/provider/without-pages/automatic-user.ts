import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { People, Person } from '../../accounts/index.ts'
import type { Clients } from '../../clients/index.ts'
import { readCookie } from '../../http/index.ts'
import { didYouMean } from '../../kernel/index.ts'
import type { AutomaticUser } from '../../signin/index.ts'
import type { RequestParams } from '../demand.ts'
import { planOf, type NextSignIns, type Plan } from './plan.ts'

/** The cookie by which a browser is somebody at every relying party. */
export const automaticUserCookie = 'mock_vneid_as'

const hintPrefix = 'auto:'

export interface AutomaticUserOptions {
  people: People
  clients: Clients
  /** Whether requests may name one. Plans are made in this process and need no leave. */
  isAllowed: boolean
  nextSignIns?: NextSignIns | undefined
}

/** Somebody who signs in without a page, and what was planned for it. */
export interface PlannedUser {
  user: AutomaticUser
  plan?: Plan
}

/**
 * The automatic user of a request, by the first of five ways that says so: the plan that came with
 * it, `login_hint=auto:<person>[:<child, ward or organisation>]`, the plan of the relying party's
 * next sign-in, the cookie, the relying party's `auto_sign_in`. Plans come from the control API,
 * which has a guard of its own, so they count where the other ways are switched off.
 *
 * @throws {@link errors.InvalidRequest} When it is no name, or nobody's; then it says who was most
 *   likely meant.
 */
export async function automaticUserOf(
  ctx: KoaContextWithOIDC,
  options: AutomaticUserOptions,
): Promise<PlannedUser | undefined> {
  const { people, isAllowed } = options
  const plan = planOf(ctx.req)
  if (plan) return planned(people, plan)
  const { login_hint: hint = '' } = (ctx.oidc.params ?? {}) as RequestParams
  if (hint.startsWith(hintPrefix)) {
    if (isAllowed) return { user: await findUser(people, hint.slice(hintPrefix.length)) }
    throw new errors.InvalidRequest(
      'login_hint=auto: is switched off. Set automatic_sign_in: true in settings.yaml, and --control open where others than this machine can call',
    )
  }
  const next = await nextOf(ctx, options)
  if (next) return planned(people, next)
  const named = isAllowed && hint === '' ? await namedBeside(ctx, options) : undefined
  return named ? { user: await findUser(people, named) } : undefined
}

async function planned(people: People, plan: Plan): Promise<PlannedUser> {
  const { personId, subjectId, withholds } = plan
  const person = await findPerson(people, personId)
  const user = {
    person,
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(withholds === undefined ? {} : { withholds }),
  }
  return { user, plan }
}

/** A request that may show no page asks whether somebody is signed in: it is nobody's next sign-in. */
async function nextOf(
  { oidc, method }: KoaContextWithOIDC,
  { nextSignIns }: AutomaticUserOptions,
): Promise<Plan | undefined> {
  // Whoever only asks for the headers is not signing in.
  if (nextSignIns === undefined || !oidc.client || method === 'HEAD') return undefined
  if (oidc.prompts.has('none')) return undefined
  return nextSignIns.take(oidc.client.clientId)
}

/** By the cookie of the browser, or by what is said of the relying party. */
async function namedBeside(
  { req, oidc: { client } }: KoaContextWithOIDC,
  { clients }: AutomaticUserOptions,
): Promise<string | undefined> {
  const byCookie = readCookie(req, automaticUserCookie)
  return byCookie ?? (client && (await clients.find(client.clientId))?.auto_sign_in)
}

async function findUser(people: People, named: string): Promise<AutomaticUser> {
  const parts = named.split(':')
  const [name = '', subjectId] = parts
  if (parts.length > 2 || parts.includes(''))
    throw new errors.InvalidRequest(
      `an automatic user is <person> or <person>:<child, ward or organisation>, not '${printable(named)}'`,
    )
  const person = await findPerson(people, name)
  if (subjectId === undefined) return { person }
  const subject = (await people.find(subjectId)) ?? (await people.organization(subjectId))
  return { person, subjectId: subject?.id ?? subjectId }
}

async function findPerson(people: People, name: string): Promise<Person> {
  const person = await people.find(name)
  if (person) return person
  const suggestion = didYouMean(
    name,
    (await people.personas()).map(({ id }) => id),
  )
  throw new errors.InvalidRequest(
    `nobody is called '${printable(name)}'. ${ascii(suggestion)}`.trim(),
  )
}

/**
 * `error_description` knows no double quote, no backslash and nothing beyond ASCII. RFC 6749
 * §4.1.2.1.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[^\u0020-\u0021\u0023-\u005B\u005D-\u007E]/g, '?').slice(0, 80)

const ascii = (text: string) => text.replaceAll('"', "'")
