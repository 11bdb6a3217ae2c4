import { clients } from './operations/clients.ts'
import { clock } from './operations/clock.ts'
import { faults } from './operations/faults.ts'
import { journal } from './operations/journal.ts'
import { keys } from './operations/keys.ts'
import { messages } from './operations/messages.ts'
import type { Operation } from './operations/operation.ts'
import { people } from './operations/people.ts'
import { sessions } from './operations/sessions.ts'
import { signIns } from './operations/sign-ins.ts'
import type { Operations } from './operations/table.ts'
import { tokens } from './operations/tokens.ts'
import { worlds } from './operations/worlds.ts'

/** Everything that a world can be asked to do. Every door is made of this table. */
export const operations: Operations = {
  ...worlds,
  ...people,
  ...clients,
  ...signIns,
  ...messages,
  ...clock,
  ...keys,
  ...faults,
  ...sessions,
  ...tokens,
  ...journal,
}

/** The same, one after the other. */
export const allOperations: readonly Operation[] = Object.values(operations)
