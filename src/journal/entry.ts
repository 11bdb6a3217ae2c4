import type { Endpoint } from './endpoints.ts'

/** One thing that happened, as the journal keeps it. No secret and no token is in it. */
export interface JournalEntry {
  /** Grows from entry to entry. */
  id: string
  /** When, by the world's clock: ISO 8601, UTC. */
  at: string
  /**
   * Where: the provider's `discovery`, `jwks`, `authorization`, `resume`, `token`, `userinfo`,
   * `introspection`, `revocation`, `pushed_authorization_request`, `end_session` and its relatives;
   * `cors.token` and its like for a browser that first asks whether it may; `sign-in` for an answer
   * at a step of a sign-in; `shared-data` for a consent that was withdrawn; `back-channel-logout`
   * for a logout token sent.
   */
  endpoint: Endpoint
  method?: string
  path?: string
  /** The HTTP status of the reply. */
  status?: number
  clientId?: string
  personId?: string
  signInId?: string
  /** What was asked: parameters by their names on the wire, what is secret left out. */
  asked: Record<string, unknown>
  /**
   * What was decided, in a word: `code issued`, `tokens issued`, `refused`, a step, an error code;
   * `fault <name>` where an armed fault struck the reply.
   */
  decided: string
  /** Whether it went well for whoever asked. */
  isOk: boolean
  /** Why: the rule in words, and where it stands. */
  why?: { rule: string; source?: string }
  /** How long it took here, in milliseconds. */
  durationMs?: number
}
