import { setTimeout as pause } from 'node:timers/promises'
import { Waiters } from '../waiters.ts'
import type { Connection } from './connection.ts'

/** How often Redis is asked whether something new stands in a log, in milliseconds. */
const lookEveryMs = 40

/**
 * Waits for notes in logs. Redis is asked once at a time for each log, however many wait for it,
 * and not at all when nobody does. What this process writes itself is known at once.
 */
export class NoteWatch {
  readonly #connection: Connection
  readonly #waiters = new Waiters()
  readonly #watched = new Set<string>()
  #isOver = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param key Of the log, in Redis. */
  wait(
    key: string,
    options: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void> {
    if (this.#isOver) return Promise.resolve()
    const waiting = this.#waiters.wait(key, options)
    if (!this.#watched.has(key)) void this.#watch(key)
    return waiting
  }

  /** Something was written down. */
  wake(key: string): void {
    this.#waiters.wake(key)
  }

  /** Nobody who waits for a log whose key begins so need wait any more. */
  wakeAll(prefix: string): void {
    this.#waiters.wakeAll(prefix)
  }

  end(): void {
    this.#isOver = true
    this.#waiters.wakeAll()
  }

  async #watch(key: string): Promise<void> {
    this.#watched.add(key)
    try {
      while (this.#waiters.has(key)) {
        const last = await this.#connection.lastNote(key)
        if (last !== null) this.#waiters.wake(key, positionOf(last))
        if (this.#waiters.has(key)) await pause(lookEveryMs)
      }
    } catch (error) {
      this.#waiters.fail(key, error)
    } finally {
      this.#watched.delete(key)
    }
  }
}

/** The place of a note in its stream, made so that it compares as text. */
export function positionOf(id: string): string {
  const [micros = '', index = ''] = id.split('-')
  return `${micros.padStart(16, '0')}-${index.padStart(8, '0')}`
}

/** The first place in a stream beyond a position. */
export function placeAfter(position: string | undefined): string {
  if (position === undefined) return '-'
  const [micros, index] = position.split('-').map(Number)
  return `${micros}-${Number(index) + 1}`
}
