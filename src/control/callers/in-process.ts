import type { Deeds } from '../operations/types.ts'
import type { Caller } from './caller.ts'
import { createLateCaller } from './late-caller.ts'

/** Asks a world of this process. What it is made of is loaded when it is first asked. */
export const createInProcessCaller = (deeds: Deeds): Caller =>
  createLateCaller(async () => (await import('./deed-caller.ts')).createDeedCaller(deeds))
