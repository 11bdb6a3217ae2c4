import type { KoaContextWithOIDC } from 'oidc-provider'
import als from 'oidc-provider/lib/helpers/als.js'
import type { Claims } from '../accounts/index.ts'
import type { StruckBy } from '../faults/index.ts'
import { planOf } from './without-pages/plan.ts'

/** What a code or token knows of the sign-in that it came from. */
export interface Origin {
  signInId?: string
  /** What the claims of that sign-in say instead of what is known of the person. */
  claimsInstead?: Claims
}

/** Why a request was refused. */
export interface Failure {
  error: string
  error_description?: string | undefined
  /** What is not told to the caller, and is the actual reason. */
  error_detail?: string | undefined
  /** What the library met when it refused. */
  cause?: unknown
}

/** What became of a logout token. */
export interface Delivery {
  clientId: string
  personId: string
  signInId?: string
  uri: string
  isDelivered: boolean
  /** What the relying party refused it with, if it answered. */
  status?: number
  problem?: string
  durationMs: number
}

/** What is found out about a request while it is answered, beside what the library remembers. */
export interface Note extends Origin {
  personId?: string
  /** What was decided, in a word, where the library says so. */
  decided?: string
  failure?: Failure
  deliveries?: Delivery[]
  /** The fault that struck the reply, and what the reply was before. */
  struck?: StruckBy | undefined
  meant?: { status: number; body: unknown }
}

const notes = new WeakMap<object, Note>()

/** The note of a request: one and the same, from wherever it is asked for. */
export function noteOf(ctx: object): Note {
  const known = notes.get(ctx)
  if (known) return known
  const note: Note = {}
  notes.set(ctx, note)
  return note
}

/** The request that the library is answering, if it is. */
export function presentContext(): KoaContextWithOIDC | undefined {
  const ctx: Partial<KoaContextWithOIDC> | undefined = als.getStore()
  return ctx?.oidc && (ctx as KoaContextWithOIDC)
}

/** The note of that request. */
export function presentNote(): Note | undefined {
  const ctx = presentContext()
  return ctx && noteOf(ctx)
}

/** The sign-in that a request belongs to: of its code or token, or the one that a page waits for. */
export const signInIdOf = (ctx: KoaContextWithOIDC): string | undefined =>
  noteOf(ctx).signInId ?? ctx.oidc.entities.Interaction?.uid ?? planOf(ctx.req)?.signInId
