import type { Session } from 'oidc-provider'
import type { Person } from '../accounts/index.ts'
import { amrOf, type SignIn, type SignIns } from '../signin/index.ts'

/** Who is signed in now, and how: what the library's session is told. */
export interface Login {
  accountId: string
  acr: string
  amr: string[]
  /** When they authenticated, in seconds: now, without. */
  loginTs?: number
}

/**
 * What an approved sign-in comes to. Somebody who only added a factor, or a consent, keeps the time
 * at which they authenticated.
 *
 * @param session The browser's session, when the same person is signed in there.
 */
export function loginOf(
  signIns: SignIns,
  signIn: SignIn,
  { id, account }: Person,
  session: Session | undefined,
): Login {
  const reached = { accountLevel: account.level, factors: signIn.factors }
  const keepsTime = session?.loginTs !== undefined && !signIn.hasIdentified
  return {
    accountId: id,
    acr: signIns.acrFor(signIn.demand.acr, reached),
    amr: amrOf(signIn.factors),
    ...(keepsTime ? { loginTs: session.loginTs! } : {}),
  }
}
