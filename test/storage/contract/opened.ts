import { AsyncResource } from 'node:async_hooks'
import type { Store, Stores } from '../../../src/kernel/index.ts'
import type { FrozenClock } from '../../support/frozen-clock.ts'

/** A moment that has nothing round about it. */
export const start: number = Date.parse('2026-03-14T15:09:26.535Z')

/** What each test is given: a family that nobody else writes to, and one store of it. */
export interface Opened {
  stores: Stores
  store: Store
  /** The store's. */
  clock: FrozenClock
  /** The same namespace once more, as another replica has it. */
  other: Store
}

const elsewhere = new AsyncResource('elsewhere')

/** Where no unit of work is under way. */
export const outside = <T>(work: () => Promise<T>): Promise<T> => elsewhere.runInAsyncScope(work)
