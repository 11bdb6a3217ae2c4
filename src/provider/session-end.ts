import type { Client, Provider, Session } from 'oidc-provider'
import { subjectOf } from './grants.ts'

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

/**
 * Ends what a person did in this browser: their grants end, and each relying party is told by a
 * logout token. What a relying party asked to outlive the session (`offline_access`) outlives it.
 */
async function endSignIns(provider: Provider, session: Session): Promise<void> {
  const { accountId } = session
  const authorizations = Object.entries(session.authorizations ?? {})
  await Promise.all(
    authorizations.map(async ([clientId, authorization]) => {
      const { sid, grantId, persistsLogout } = authorization
      const client = await provider.Client.find(clientId)
      if (client?.backchannelLogoutUri && accountId !== undefined) {
        const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId)
        const subjectId = (grant && subjectOf(grant)) ?? accountId
        await sendLogoutToken(client, subjectId, sid).catch((error: Error) => {
          provider.emit('backchannel.error', undefined, error, client, accountId, sid)
        })
      }
      if (grantId !== undefined && !persistsLogout) await endGrant(provider, grantId)
    }),
  )
}

/** OpenID Connect Back-Channel Logout §2.5. */
async function sendLogoutToken(client: Client, subjectId: string, sid?: string): Promise<void> {
  const sender = client as unknown as {
    backchannelLogout(sub: string, sid?: string): Promise<void>
  }
  await sender.backchannelLogout(subjectId, sid)
}

async function endGrant(provider: Provider, grantId: string): Promise<void> {
  await provider.AccessToken.revokeByGrantId(grantId)
  await (
    provider.Grant as unknown as { adapter: { destroy(id: string): Promise<void> } }
  ).adapter.destroy(grantId)
}
