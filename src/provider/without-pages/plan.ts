import type { IncomingMessage } from 'node:http'
import { scopeClaims, type Claims } from '../../accounts/index.ts'
import type { Journey } from '../../signin/index.ts'

/** How a sign-in without a page goes, as somebody decided beforehand. */
export interface Plan {
  /** What the sign-in will be called. */
  signInId?: string
  personId: string
  /** On whose behalf: the id of a child, ward or organisation. */
  subjectId?: string
  /** The steps it takes, whatever the relying party's are. */
  journey?: Journey
  /**
   * What its claims say instead of what is known of the person: names of {@link plannableClaims}.
   * `null` leaves one out. They are told as any others are: only where a scope or the claims
   * parameter asks for them.
   */
  claims?: Claims
  /** Names of claims that the person keeps back. */
  withholds?: readonly string[]
}

/** Sign-ins that were decided before anybody began one. */
export interface NextSignIns {
  /**
   * The plan of the next sign-in at a relying party, which is used up by it; `undefined` when none
   * was made. Asked at every authorization request that may show a page.
   */
  take(clientId: string): Promise<Plan | undefined>
}

/** Said by the sign-in itself, or made per relying party: no plan may say otherwise. */
const unplannable: ReadonlySet<string> = new Set(scopeClaims['openid'])

/** The claims whose values a plan may say. */
export const plannableClaims: readonly string[] = Object.values(scopeClaims)
  .flat()
  .filter((name) => !unplannable.has(name))

const plans = new WeakMap<IncomingMessage, Plan>()

/** Plans the sign-in of an authorization request that was made inside this process. */
export const planSignIn = (request: IncomingMessage, plan: Plan): void =>
  void plans.set(request, plan)

/** The plan of a request, if whoever made it made one. Nothing on the wire can. */
export const planOf = (request: IncomingMessage): Plan | undefined => plans.get(request)
