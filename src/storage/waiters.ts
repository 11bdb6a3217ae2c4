interface Waiter {
  /** From where on the log is of interest. */
  after: string | undefined
  done: (error?: unknown) => void
}

/** Those who wait for something in a log, by the log's name. */
export class Waiters {
  readonly #byLog = new Map<string, Set<Waiter>>()

  has(log: string): boolean {
    return this.#byLog.has(log)
  }

  /** Resolves when woken, or when the time is over or the signal aborted. */
  wait(
    log: string,
    {
      after,
      timeoutMs,
      signal,
    }: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void> {
    if (timeoutMs <= 0 || signal?.aborted) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const done = (error?: unknown) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', giveUp)
        this.#remove(log, waiter)
        if (error === undefined) resolve()
        else reject(error)
      }
      const giveUp = () => done()
      const waiter: Waiter = { after, done }
      const timer = setTimeout(giveUp, timeoutMs)
      signal?.addEventListener('abort', giveUp)
      const waiters = this.#byLog.get(log)
      if (waiters) waiters.add(waiter)
      else this.#byLog.set(log, new Set([waiter]))
    })
  }

  /** Wakes those who wait for something at this position or before; all of them, without. */
  wake(log: string, position?: string): void {
    for (const { after, done } of this.#byLog.get(log) ?? [])
      if (after === undefined || position === undefined || position > after) done()
  }

  /** Wakes all who wait for a log whose name begins so. */
  wakeAll(prefix: string = ''): void {
    for (const log of this.#byLog.keys()) if (log.startsWith(prefix)) this.wake(log)
  }

  fail(log: string, error: unknown): void {
    for (const { done } of this.#byLog.get(log) ?? []) done(error)
  }

  #remove(log: string, waiter: Waiter): void {
    const waiters = this.#byLog.get(log)
    if (waiters?.delete(waiter) && waiters.size === 0) this.#byLog.delete(log)
  }
}
