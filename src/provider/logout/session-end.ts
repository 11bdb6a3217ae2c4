import type { Provider, Session } from 'oidc-provider'
import { subjectOf } from '../grants.ts'
import type { Authorization } from '../records/origins.ts'
import { sendLogoutToken, type LogoutDelivery } from './logout-tokens.ts'

/**
 * Takes the person out of a session, because another one takes their place or because they can be
 * signed in no longer: nothing of them is left in it, not even its name in the browser.
 *
 * @param newUid By what tokens of the next person will know the session.
 */
export async function switchPerson(
  provider: Provider,
  session: Session,
  newUid: string,
): Promise<void> {
  await endSignIns(provider, session)
  const nobody = { authorizations: undefined, loginTs: undefined, acr: undefined, amr: undefined }
  Object.assign(session, nobody)
  delete (session as { accountId?: string }).accountId
  session.uid = newUid
  session.resetIdentifier()
}

/** Signs out: whatever the person did in this browser ends, and the session with it. */
export async function endSession(provider: Provider, session: Session): Promise<void> {
  await endSignIns(provider, session)
  await session.destroy()
}

/**
 * Ends what a person did in this browser: their grants end, and each relying party is told by a
 * logout token. What a relying party asked to outlive the session (`offline_access`) outlives it.
 */
async function endSignIns(provider: Provider, session: Session): Promise<void> {
  await sendLogoutTokens(provider, session)
  const authorizations = Object.values(session.authorizations ?? {})
  await Promise.all(
    authorizations.map(async ({ grantId, persistsLogout }) => {
      if (grantId !== undefined && !persistsLogout) await endGrant(provider, grantId)
    }),
  )
}

/**
 * Tells the relying parties of a session that it is over.
 *
 * @param only The one that is told; all of them, without.
 */
export async function sendLogoutTokens(
  provider: Provider,
  { accountId, authorizations = {} }: Session,
  only?: string,
): Promise<LogoutDelivery[]> {
  if (accountId === undefined) return []
  const all: [string, Authorization][] = Object.entries(authorizations)
  const chosen = all.filter(([clientId]) => only === undefined || clientId === only)
  const deliveries = await Promise.all(
    chosen.map(async ([clientId, { sid, grantId, signInId }]) => {
      const client = await provider.Client.find(clientId)
      if (client === undefined) return undefined
      const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId)
      const subjectId = (grant && subjectOf(grant)) ?? accountId
      return sendLogoutToken(provider, { client, accountId, subjectId, sid, signInId })
    }),
  )
  return deliveries.filter((delivery) => delivery !== undefined)
}

/** Ends a grant, and every token that was given under it. */
export async function endGrant(provider: Provider, grantId: string): Promise<void> {
  await provider.AccessToken.revokeByGrantId(grantId)
  await (
    provider.Grant as unknown as { adapter: { destroy(id: string): Promise<void> } }
  ).adapter.destroy(grantId)
}
