import type { KoaContextWithOIDC, Provider, Session } from 'oidc-provider'
import als from 'oidc-provider/lib/helpers/als.js'
import type { Random } from '../../kernel/index.ts'

/** As unguessable as the library's own, where nobody knows the seed. */
const idBytes = 32

const tokens = [
  'AccessToken',
  'AuthorizationCode',
  'Grant',
  'PushedAuthorizationRequest',
  'RefreshToken',
] as const

type Id = () => string

/**
 * Takes the ids that the library makes up (codes, tokens, grants, sessions, requests that wait for
 * pages) from the world's chance, so that with the same seed they are the same in every run.
 */
export function seedIds(provider: Provider, random: Random): void {
  const id: Id = () => random.bytes(idBytes).toString('base64url')
  for (const name of tokens) seedTokens(provider[name], id)
  seedSessions(provider, id)
  seedLogoutTokens(provider, id)
  seedInteractions(provider, id)
}

/** The library decides the format of a token together with its id. */
function seedTokens(model: object, id: Id): void {
  const { prototype } = model as { prototype: { generateTokenId: (this: object) => string } }
  const { generateTokenId } = prototype
  prototype.generateTokenId = function generateSeeded() {
    generateTokenId.call(this)
    return id()
  }
}

interface SessionModel {
  prototype: Session & { oldId?: string; touched?: boolean }
  instantiate(payload?: { uid?: string; jti?: string }): Session
}

function seedSessions(provider: Provider, id: Id): void {
  const model = provider.Session as unknown as SessionModel
  const instantiate = model.instantiate.bind(model)
  model.instantiate = (payload) => {
    const session = instantiate(payload)
    if (payload?.uid === undefined) session.uid = id()
    if (payload?.jti === undefined) session.jti = id()
    return session
  }
  Object.assign(model.prototype, {
    resetIdentifier(this: SessionModel['prototype']) {
      Object.assign(this, { oldId: this.jti, jti: id(), touched: true })
    },
    ensureClientContainer(this: Session, clientId: string) {
      if (!this.sidFor(clientId)) this.sidFor(clientId, id())
    },
  })
}

/** Of all that is signed, only logout tokens have an id. */
function seedLogoutTokens(provider: Provider, id: Id): void {
  const { prototype } = provider.IdToken as unknown as {
    prototype: { set: (this: object, name: string, value: unknown) => void }
  }
  const { set } = prototype
  prototype.set = function setSeeded(name, value) {
    set.call(this, name, name === 'jti' ? id() : value)
  }
}

interface Context {
  ctx: KoaContextWithOIDC
  urlFor: (this: Context, name: string, options?: { uid?: string }) => string
}

/**
 * The library makes up the id of a request that waits, and says it in three places: where the
 * browser comes back to, which is the first, the record, and two cookies. All are told another.
 */
function seedInteractions(provider: Provider, id: Id): void {
  const given = new WeakMap<object, { from: string; to: string }>()
  const context = provider.OIDCContext.prototype as unknown as Context
  const { urlFor } = context
  context.urlFor = function urlForSeeded(name, options) {
    const from = options?.uid
    const { ctx } = this
    const isNew = name === 'resume' && from !== ctx.oidc.entities.Interaction?.uid
    if (!isNew || from === undefined) return urlFor.call(this, name, options)
    const to = id()
    given.set(ctx, { from, to })
    renameInCookies(ctx, from, to)
    return urlFor.call(this, name, { ...options, uid: to })
  }
  const { prototype } = provider.Interaction as unknown as {
    prototype: Saved
  }
  const { save } = prototype
  prototype.save = async function saveSeeded(ttl) {
    const { from, to } = given.get(als.getStore() ?? {}) ?? {}
    if (to !== undefined && this.jti === from) this.jti = to
    return save.call(this, ttl)
  }
}

interface Saved {
  jti: string
  save: (this: Saved, ttl: number) => Promise<string>
}

function renameInCookies({ cookies }: KoaContextWithOIDC, from: string, to: string): void {
  const set = cookies.set.bind(cookies)
  cookies.set = (name, value, options) => set(name, value === from ? to : value, options)
}
