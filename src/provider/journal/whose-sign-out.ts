import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import type { Store } from '../../kernel/index.ts'
import type { KeptSession } from '../control/sessions.ts'
import { noteOf, type Note } from '../notes.ts'
import type { ActingGrant, Subjects } from '../subjects.ts'

export interface WhoseSignOutOptions {
  store: Store
  subjects: Subjects
}

interface Hint {
  sub?: string
  sid?: string
}

/**
 * Finds out who signs out, and of which sign-in: by the browser's session, or where it has none by
 * the session that the `id_token_hint` is of. Nothing but the journal is told.
 */
export function createWhoseSignOut({ store, subjects }: WhoseSignOutOptions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const { route, client, session, entities } = ctx.oidc ?? {}
    if (client === undefined || !route?.startsWith('end_session')) return
    const { payload: hint } = { payload: undefined, ...entities?.IdTokenHint }
    if (session?.accountId !== undefined)
      Object.assign(noteOf(ctx), whoseOf(session as KeptSession, client))
    else if (hint !== undefined) Object.assign(noteOf(ctx), await hintedAt(hint, client))
  }

  /** The latest session in which this relying party was given such a token, if it is still there. */
  async function hintedAt({ sub, sid }: Hint, client: Client): Promise<Partial<Note>> {
    const { clientId } = client
    const sessions = (await store.list<never>('Session'))
      .map(({ value }): KeptSession => value)
      .filter(({ accountId, authorizations = {} }) => accountId && authorizations[clientId])
    if (sid !== undefined) {
      const named = sessions.find(({ authorizations }) => authorizations?.[clientId]?.sid === sid)
      return named ? whoseOf(named, client) : {}
    }
    const grants = new Map(
      (await store.list<never>('Grant')).map(({ id, value }): [string, ActingGrant] => [id, value]),
    )
    for (const session of sessions.toReversed()) {
      const { grantId = '' } = session.authorizations![clientId]!
      const subjectId = grants.get(grantId)?.onBehalfOf ?? session.accountId!
      if ((await subjects.wireSub(subjectId, client)) === sub) return whoseOf(session, client)
    }
    return {}
  }
}

function whoseOf({ accountId, authorizations }: KeptSession, { clientId }: Client): Partial<Note> {
  const signInId = authorizations?.[clientId]?.signInId
  return {
    ...(accountId === undefined ? {} : { personId: accountId }),
    ...(signInId === undefined ? {} : { signInId }),
  }
}
