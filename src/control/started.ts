/** A stream that begins now, and not when somebody reads: what comes meanwhile is not missed. */
export function started<T>(items: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = items[Symbol.asyncIterator]()
  const first = iterator.next()
  first.catch(() => {}) // whoever reads will hear of it
  return goOn(first, iterator)
}

/** A stream from its first item on. */
export async function* goOn<T>(
  first: Promise<IteratorResult<T>>,
  iterator: AsyncIterator<T>,
): AsyncGenerator<T> {
  try {
    for (let result = await first; result.done !== true; result = await iterator.next())
      yield result.value
  } finally {
    await iterator.return?.()
  }
}
