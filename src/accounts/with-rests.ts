import { setImmediate } from 'node:timers'

/** One after the other; where there is `undefined` in between, whoever else waits is let on first. */
export async function* withRests<T>(steps: Iterable<T | undefined>): AsyncGenerator<T> {
  for (const step of steps)
    if (step === undefined) await new Promise<void>((resolve) => setImmediate(resolve))
    else yield step
}
