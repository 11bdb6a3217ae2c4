import type { Caller } from './caller.ts'

/** A caller that is made when it is first asked: whoever only starts a mock does not wait for it. */
export function createLateCaller(make: () => Promise<Caller>): Caller {
  let making: Promise<Caller> | undefined
  const made = () => (making ??= make())
  return {
    call: async (name, input, options) => (await made()).call(name, input, options),
    stream: (name, input, options) => {
      // Begun in the order in which it was asked for, as it is without us.
      const begun = made().then((caller) => caller.stream(name, input, options))
      begun.catch(() => {}) // whoever reads will hear of it
      return itemsOf(begun)
    },
  }
}

async function* itemsOf<T>(items: Promise<AsyncIterable<T>>): AsyncGenerator<T> {
  yield* await items
}
