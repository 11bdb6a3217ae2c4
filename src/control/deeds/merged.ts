interface Came<T> {
  source: AsyncIterator<T>
  /** Settled by now. */
  next: Promise<IteratorResult<T>>
}

/**
 * Several sources as one, each value as soon as it comes. A source is asked for its next when its
 * last was taken, so that nothing piles up where one is quiet or nobody reads on.
 */
export async function* merged<T>(sources: readonly AsyncIterator<T>[]): AsyncGenerator<T> {
  /** Of each source one at most, in the order in which they came. */
  const came: Came<T>[] = []
  let wake = () => {}
  const ask = (source: AsyncIterator<T>) => {
    const next = source.next()
    const push = () => {
      came.push({ source, next })
      wake()
    }
    next.then(push, push)
  }
  try {
    for (const source of sources) ask(source)
    for (let open = sources.length; open > 0;) {
      if (came.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const { source, next } = came.shift()!
      const { done, value } = await next
      if (done) open--
      else {
        yield value
        ask(source)
      }
    }
  } finally {
    // What is still awaited ends with whatever ends the source.
    for (const source of sources) source.return?.().catch(() => undefined)
  }
}
