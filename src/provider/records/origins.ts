import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Random } from '../../kernel/index.ts'
import { noteOf, presentContext, presentNote, signInIdOf, type Origin } from '../notes.ts'

/** What comes of a sign-in, one out of the other. */
const descendants = ['AuthorizationCode', 'AccessToken', 'RefreshToken'] as const

interface Descendant extends Origin {
  accountId?: string
  clientId?: string
}

interface Model {
  IN_PAYLOAD: string[]
  prototype: { save: (this: Descendant) => Promise<string> }
  verify(stored: Descendant, options?: object): Promise<object>
}

/**
 * Lets codes and tokens know the sign-in they came from, and what its claims say: from the
 * authorization request into the code, from the code into the tokens, from a refresh token into the
 * next. So it is known wherever one of them is presented, and to no other relying party.
 */
export function installOrigins(provider: Provider, random: Random): void {
  for (const name of descendants) {
    const model = provider[name] as unknown as Model
    const { IN_PAYLOAD: fields, prototype } = model
    const { save } = prototype
    const verify = model.verify.bind(model)
    Object.defineProperty(model, 'IN_PAYLOAD', {
      get: () => [...fields, 'signInId', 'claimsInstead'],
    })
    prototype.save = async function saveWithOrigin() {
      const ctx = presentContext()
      // One that needed no step, because the session knew it all, is a sign-in nonetheless.
      if (ctx && name === 'AuthorizationCode') noteOf(ctx).signInId = signInIdOf(ctx) ?? random.id()
      const origin = presentNote()
      if (origin) inherit(this, origin)
      if (ctx && name === 'AuthorizationCode') markSession(ctx, this)
      return save.call(this)
    }
    model.verify = (stored, options) => {
      const note = presentNote()
      if (note) {
        inherit(note, stored)
        if (stored.accountId !== undefined) note.personId ??= stored.accountId
      }
      return verify(stored, options)
    }
  }
}

function inherit(heir: Origin, { signInId, claimsInstead }: Origin): void {
  if (signInId !== undefined) heir.signInId ??= signInId
  if (claimsInstead !== undefined) heir.claimsInstead ??= claimsInstead
}

/** What a session keeps of a relying party, beside what the library does. */
export interface Authorization {
  sid?: string | undefined
  grantId?: string | undefined
  persistsLogout?: boolean | undefined
  /** The last sign-in there. */
  signInId?: string | undefined
}

function markSession({ oidc }: KoaContextWithOIDC, { clientId, signInId }: Descendant): void {
  if (clientId === undefined || !oidc.session) return
  if (signInId !== undefined)
    Object.assign(oidc.session.authorizationFor(clientId), { signInId } satisfies Authorization)
}
