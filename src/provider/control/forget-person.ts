import type { Provider } from 'oidc-provider'
import type { Person } from '../../accounts/index.ts'
import type { Store } from '../../kernel/index.ts'
import type { SignIns } from '../../signin/index.ts'
import { endGrant } from '../logout/session-end.ts'
import type { ActingGrant } from '../subjects.ts'
import type { Sessions } from './sessions.ts'

export interface ForgetPersonOptions {
  provider: Provider
  store: Store
  signIns: SignIns
  sessions: Sessions
}

export type ForgetPerson = (person: Pick<Person, 'id' | 'number'>) => Promise<void>

/**
 * Ends everything that somebody holds who is not there any more, so that nothing of it is anybody's
 * who is called the same later: their sessions, of which relying parties are told as by any
 * sign-out; every grant that they gave or that was given on their behalf, with its codes and
 * tokens, also those that were to outlive the session; what they agreed to; their sign-ins that are
 * under way, which end as if their time were over; and their wrong tries. What happened stays in
 * the journal.
 */
export function createForgetPerson(options: ForgetPersonOptions): ForgetPerson {
  const { provider, store, signIns, sessions } = options

  return async ({ id, number }) => {
    await sessions.end({ personId: id })
    for (const signIn of await signIns.list({ personId: id })) {
      await signIns.expireSignIn(signIn.id)
      // An outcome that no browser has come back with yet.
      if (signIn.step === 'approved') await store.destroy('Interaction', signIn.id)
    }
    await store.unit(async () => {
      const ids = await grantsOf(id)
      await Promise.all(ids.map((grantId) => endGrant(provider, grantId)))
      await signIns.consents.expire({ personId: id })
      await signIns.consents.expire({ subjectId: id })
    })
    await signIns.forgetTries(number)
  }

  async function grantsOf(personId: string): Promise<string[]> {
    const listed = await store.list('Grant')
    return listed.flatMap(({ id, value }) => {
      const { accountId, onBehalfOf } = value as unknown as ActingGrant
      return accountId === personId || onBehalfOf === personId ? [id] : []
    })
  }
}
