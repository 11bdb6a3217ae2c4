import type { Json, Noted } from '../../kernel/index.ts'
import { encoded } from './names.ts'
import type { Namespace } from './namespace.ts'
import { placeAfter, positionOf, type NoteWatch } from './note-watch.ts'
import type { Operation } from './unit.ts'

/** So many notes come from Redis at once. */
const readAtOnce = 500

/** The logs of one world: streams, in which a note stands where the clock of Redis said. */
export class Logs {
  readonly #namespace: Namespace
  readonly #watch: NoteWatch

  constructor(namespace: Namespace, watch: NoteWatch) {
    this.#namespace = namespace
    this.#watch = watch
  }

  async note(log: string, value: Json, keepLast: number): Promise<void> {
    await this.#namespace.queue(noting(log, value, keepLast))
  }

  async notes<T extends Json>(
    log: string,
    { after, limit = Infinity }: { after?: string; limit?: number } = {},
  ): Promise<readonly Noted<T>[]> {
    const found: Noted<T>[] = []
    const key = this.#keyOf(log)
    while (found.length < limit) {
      const from = placeAfter(found.at(-1)?.position ?? after)
      const count = Math.min(readAtOnce, limit - found.length)
      const page = await this.#namespace.ask((connection) => connection.notes(key, from, count))
      for (const [id, [, json = 'null']] of page)
        found.push({ position: positionOf(id), value: JSON.parse(json) as T })
      if (page.length < count) break
    }
    return found
  }

  async wait(
    log: string,
    options: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void> {
    await this.#watch.wait(this.#keyOf(log), options)
  }

  async forget(log: string): Promise<void> {
    await this.#namespace.queue(['forgetNotes', encoded(log)])
  }

  /** Nobody need wait any more. */
  wakeAll(): void {
    this.#watch.wakeAll(this.#namespace.logKey(''))
  }

  #keyOf(log: string): string {
    return this.#namespace.logKey(encoded(log))
  }
}

export const noting = (log: string, value: Json, keepLast: number): Operation => [
  'note',
  encoded(log),
  JSON.stringify(value),
  String(keepLast),
]
