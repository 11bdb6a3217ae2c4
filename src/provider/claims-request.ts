import { errors } from 'oidc-provider'
import { printable } from './automatic-user.ts'

type Members = Record<string, unknown>

/** Claims whose requested values steer a sign-in, so that they must be texts. */
const steering: ReadonlySet<string> = new Set(['acr', 'sub'])

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
