import type { Client, Provider } from 'oidc-provider'
import { monotonicMs } from '../../kernel/index.ts'
import { noteOf, presentContext, type Delivery } from '../notes.ts'
import type { Authorization } from '../records/origins.ts'

/** Whose session a logout token is about, where the library does not know. */
interface About {
  personId?: string
  signInId?: string | undefined
}

interface Notified {
  clientId: string
  backchannelLogoutUri: string
  backchannelLogout: (this: Notified, sub: string, sid?: string, about?: About) => Promise<void>
}

/** Notes what becomes of every logout token that this provider sends. */
export function watchLogoutTokens(
  provider: Provider,
  report: (delivery: Delivery) => Promise<void>,
): void {
  const { prototype } = provider.Client as unknown as { prototype: Notified }
  const { backchannelLogout: send } = prototype
  prototype.backchannelLogout = async function sendAndNote(sub, sid, about = {}) {
    const beganMs = monotonicMs()
    const tell = async (outcome: Pick<Delivery, 'isDelivered' | 'problem' | 'status'>) => {
      const delivery: Delivery = {
        clientId: this.clientId,
        uri: this.backchannelLogoutUri,
        personId: about.personId ?? sub,
        ...signInOf(this.clientId, about),
        ...outcome,
        durationMs: monotonicMs() - beganMs,
      }
      const ctx = presentContext()
      if (ctx === undefined) return report(delivery)
      const note = noteOf(ctx)
      note.deliveries = [...(note.deliveries ?? []), delivery]
    }
    try {
      await send.call(this, sub, sid)
    } catch (error) {
      const { message, response } = error as Error & { response?: Response }
      await tell({
        isDelivered: false,
        problem: message,
        ...(response ? { status: response.status } : {}),
      })
      throw error
    }
    await tell({ isDelivered: true })
  }
}

/** The last sign-in of the session at that relying party. */
function signInOf(clientId: string, { signInId }: About): { signInId?: string } {
  const session = presentContext()?.oidc.session
  const known: Authorization | undefined = session?.authorizations?.[clientId]
  const id = signInId ?? known?.signInId
  return id === undefined ? {} : { signInId: id }
}

/** One session at one relying party, to be told that it is over. */
export interface Notice {
  client: Client
  accountId: string
  /** On whose behalf: the subject that the relying party knows. */
  subjectId: string
  sid?: string | undefined
  signInId?: string | undefined
}

/** What became of a logout token. */
export interface LogoutDelivery {
  clientId: string
  isDelivered: boolean
  /** Why not. */
  problem?: string
}

/** Tells a relying party, if it wants to hear. OpenID Connect Back-Channel Logout §2.5. */
export async function sendLogoutToken(
  provider: Provider,
  { client, accountId, subjectId, sid, signInId }: Notice,
): Promise<LogoutDelivery | undefined> {
  if (!client.backchannelLogoutUri) return undefined
  const { clientId } = client
  const sender = client as unknown as Notified
  try {
    await sender.backchannelLogout(subjectId, sid, { personId: accountId, signInId })
    return { clientId, isDelivered: true }
  } catch (error) {
    provider.emit('backchannel.error', undefined, error, client, accountId, sid)
    return { clientId, isDelivered: false, problem: (error as Error).message }
  }
}
