import { AsyncLocalStorage } from 'node:async_hooks'

/** What is known of the request that is being answered. */
export interface Trace {
  requestId: string
  /** Once something of that sign-in happened in it. */
  signInId?: string
}

/** Finds the request again from wherever something happens in it. */
export type Traces = AsyncLocalStorage<Trace>

export const createTraces = (): Traces => new AsyncLocalStorage<Trace>()
