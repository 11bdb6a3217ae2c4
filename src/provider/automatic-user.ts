import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { People } from '../accounts/index.ts'
import type { Clients } from '../clients/index.ts'
import { readCookie } from '../http/index.ts'
import { didYouMean } from '../kernel/index.ts'
import type { AutomaticUser } from '../signin/index.ts'
import type { RequestParams } from './demand.ts'

/** The cookie by which a browser is somebody at every relying party. */
export const automaticUserCookie = 'mock_vneid_as'

const hintPrefix = 'auto:'

/**
 * The automatic user that a request names, by the first of three ways that says so:
 * `login_hint=auto:<person>[:<child, ward or organisation>]`, the cookie, the relying party's
 * `auto_sign_in`.
 *
 * @throws {@link errors.InvalidRequest} When it is no name, or nobody's; then it says who was most
 *   likely meant.
 */
export async function automaticUserOf(
  ctx: KoaContextWithOIDC,
  { people, clients, isAllowed }: { people: People; clients: Clients; isAllowed: boolean },
): Promise<AutomaticUser | undefined> {
  const { params, client } = ctx.oidc
  const { login_hint: hint = '' } = (params ?? {}) as RequestParams
  const isHinted = hint.startsWith(hintPrefix)
  const named = isHinted
    ? hint.slice(hintPrefix.length)
    : hint === ''
      ? (readCookie(ctx.req, automaticUserCookie) ??
        (client && (await clients.find(client.clientId))?.auto_sign_in))
      : undefined
  if (named === undefined || (named === '' && !isHinted)) return undefined
  if (!isAllowed) {
    if (!isHinted) return undefined
    throw new errors.InvalidRequest(
      'login_hint=auto: is switched off. Set automatic_sign_in: true in settings.yaml',
    )
  }
  return findUser(people, named)
}

async function findUser(people: People, named: string): Promise<AutomaticUser> {
  const parts = named.split(':')
  const [name = '', subjectId] = parts
  if (parts.length > 2 || parts.includes(''))
    throw new errors.InvalidRequest(
      `an automatic user is <person> or <person>:<child, ward or organisation>, not '${printable(named)}'`,
    )
  const person = await people.find(name)
  if (person) return subjectId === undefined ? { person } : { person, subjectId }
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
