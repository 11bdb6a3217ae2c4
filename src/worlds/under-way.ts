/** Deeds whose reply comes bit by bit, and is over when nobody reads on. */
const streams: ReadonlySet<string> = new Set(['events', 'tokens.mintMany'])

/** Deeds that wait for something to happen. */
const waits: ReadonlySet<string> = new Set(['journal.take', 'messages.take', 'signIns.wait'])

/** Whether a deed may take as long as whoever asked for it likes. */
export const takesLong = (name: string): boolean => streams.has(name) || waits.has(name)

/** What takes long in a world: it uses the world, and ends with it. */
export class UnderWay {
  readonly #end: AbortSignal
  readonly #onOver: () => void
  #count = 0

  /** @param end Aborted when the world ends. */
  constructor(end: AbortSignal, onOver: () => void) {
    this.#end = end
    this.#onOver = onOver
  }

  get isAny(): boolean {
    return this.#count > 0
  }

  /** @param signal Aborted when whoever asked has gone. */
  async during<T>(
    name: string,
    signal: AbortSignal,
    deed: (until: AbortSignal) => T,
  ): Promise<Awaited<T>> {
    const until = AbortSignal.any([signal, this.#end])
    let goesOn = false
    this.#count++
    const isOver = () => {
      this.#count--
      this.#onOver()
    }
    try {
      const done = await deed(until)
      goesOn = streams.has(name) && !until.aborted
      if (goesOn) until.addEventListener('abort', isOver, { once: true })
      return done
    } finally {
      if (!goesOn) isOver()
    }
  }
}
