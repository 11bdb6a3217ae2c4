import { errors } from 'oidc-provider'
import { printable } from './without-pages/automatic-user.ts'

type Members = Record<string, unknown>

/** Claims whose requested values steer a sign-in, so that they must be texts. */
const steering: ReadonlySet<string> = new Set(['acr', 'sub'])

/**
 * Refuses what can never be: an essential `acr` none of whose values names a level here. Known
 * names that are out of reach are the sign-in's affair. OpenID Connect Core §5.5.1.1.
 *
 * @throws {@link errors.UnmetAuthenticationRequirements} Naming the values that there are.
 */
export function assertKnownAcr(claims: Members, known: readonly string[]): void {
  const { acr } = (claims['id_token'] ?? {}) as Members
  const { essential, value, values } = (acr ?? {}) as Members
  const asked = ((values ?? (value === undefined ? [] : [value])) as string[]).map(String)
  if (essential !== true || asked.length === 0 || asked.some((one) => known.includes(one))) return
  const quoted = (names: readonly string[]) =>
    names.map((name) => `'${printable(name)}'`).join(', ')
  throw new errors.UnmetAuthenticationRequirements(
    `acr_unknown (no level is called ${quoted(asked)}. The acr values here are ${quoted(known)})`,
  )
}

/**
 * Refuses a claims parameter whose requests are not of the shape of OpenID Connect Core §5.5.1. The
 * library looks at its two uppermost levels only.
 *
 * @throws {@link errors.InvalidRequest} Naming the member.
 */
export function assertClaimsRequest(claims: Members): void {
  for (const target of ['userinfo', 'id_token'])
    for (const [name, request] of Object.entries((claims[target] ?? {}) as Members))
      if (request !== null) assertOne(`claims.${target}.${name}`, request, steering.has(name))
}

function assertOne(place: string, request: unknown, isSteering: boolean): void {
  const must = (member: string, kind: string) => {
    throw new errors.InvalidRequest(`${printable(place)}${member} must be ${kind}`)
  }
  if (typeof request !== 'object' || Array.isArray(request)) return must('', 'null or an object')
  const { essential, value, values } = request as Members
  if (essential !== undefined && typeof essential !== 'boolean')
    return must('.essential', 'true or false')
  if (values !== undefined && !Array.isArray(values)) return must('.values', 'an array')
  if (!isSteering) return
  if (value !== undefined && typeof value !== 'string') return must('.value', 'a string')
  if (!((values ?? []) as unknown[]).every((one: unknown) => typeof one === 'string'))
    return must('.values', 'an array of strings')
}
