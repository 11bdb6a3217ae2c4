import { Feed } from '../journal/index.ts'
import type { Clock, Store } from '../kernel/index.ts'

/** A message with a code, as it reached a phone. */
export interface Message {
  id: string
  /** ISO 8601, by the world's clock. */
  at: string
  signInId: string
  clientId: string
  /** Who signs in. */
  personId: string
  /** On whose phone it arrived: a child's on a parent's or guardian's. */
  phoneOf: string
  /** The number it went to, where one is known. */
  phone?: string
  channel: 'app' | 'sms'
  code: string
}

/** What is sent to phones in a world. */
export interface MessagesOptions {
  store: Store
  clock: Clock
  /**
   * How many are kept: the oldest go first.
   *
   * @default 1000
   */
  keepLast?: number
}

/**
 * The messages of one world, whoever's phone they reached. What an automatic user is sent is not
 * among them: it reads its own codes.
 */
export function createMessages({ store, clock, keepLast = 1000 }: MessagesOptions): Feed<Message> {
  const inShort = ({ channel, clientId, personId, phoneOf }: Message) =>
    `${channel} to ${phoneOf} (${clientId}, ${personId})`
  return new Feed({ store, clock, name: 'messages', what: 'message', inShort, keepLast })
}
