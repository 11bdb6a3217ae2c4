import type { IncomingMessage, ServerResponse } from 'node:http'

/** What one relying party may be told of one subject, by what somebody agreed to. */
export interface Sharing {
  clientId: string
  subjectId: string
  /** Names of claims. */
  shared: readonly string[]
  withheld: readonly string[]
  /** In milliseconds of the world's clock. */
  since: number
  until: number
}

/** What whoever is signed in in a browser shares. */
export interface SharedByPerson {
  personId: string
  /** Goes with every form of this browser. */
  word: string
  sharings: readonly Sharing[]
}

/** What this room asks of whoever knows what people share. */
export interface SharedData {
  find(request: IncomingMessage, response: ServerResponse): Promise<SharedByPerson | undefined>
  withdraw(of: { personId: string; clientId: string; subjectId: string }): Promise<void>
}
