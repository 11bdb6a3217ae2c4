import { allOperations, operations } from '../operations.ts'
import type { Operation } from '../operations/operation.ts'
import type {
  OperationInputs,
  OperationName,
  OperationOutputs,
  StreamName,
} from '../operations/types.ts'
import { asJson } from '../read-input.ts'

/** Asks one world, wherever it is. */
export interface Caller {
  call<K extends Exclude<OperationName, StreamName>>(
    name: K,
    input: OperationInputs[K],
    options?: { signal?: AbortSignal },
  ): Promise<OperationOutputs[K]>
  /** Ends when the signal is aborted, or when nobody reads on. */
  stream<K extends StreamName>(
    name: K,
    input: OperationInputs[K],
    options?: { signal?: AbortSignal },
  ): AsyncIterable<OperationOutputs[K]>
}

/** The way to a world. Inputs are JSON already. */
export interface Way {
  ask(operation: Operation, input: Record<string, unknown>, signal: AbortSignal): Promise<unknown>
  /** Resolves when the stream has begun. */
  open(
    operation: Operation,
    input: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<unknown>>
}

/** Operations whose stream is of what happens, and not of what is asked for. */
const followers = new Set(allOperations.filter(({ reply }) => reply === 'sse'))

export function createCaller(way: Way): Caller {
  // Whoever follows what happens, and then does something, wants to see it.
  let followed: Promise<unknown> = Promise.resolve()
  return {
    call: async (name, input, { signal = new AbortController().signal } = {}) => {
      const operation = operations[name] as unknown as Operation
      const json = asJson(name, input)
      await followed
      return (await way.ask(operation, json, signal)) as never
    },
    stream: (name, input, { signal } = {}) => {
      const operation = operations[name] as unknown as Operation
      const json = asJson(name, input)
      const end = new AbortController()
      const open = () => way.open(operation, json, end.signal)
      if (signal?.aborted) return nothing()
      signal?.addEventListener('abort', () => end.abort(signal.reason), { once: true })
      if (!followers.has(operation)) return read(open, end, signal) as AsyncIterable<never>
      const opened = open()
      const before = followed
      followed = opened.then(
        () => before,
        () => before,
      )
      return read(() => opened, end, signal) as AsyncIterable<never>
    },
  }
}

async function* read(
  open: () => Promise<AsyncIterable<unknown>>,
  end: AbortController,
  signal: AbortSignal | undefined,
): AsyncGenerator {
  try {
    yield* await open()
  } catch (error) {
    if (signal?.aborted !== true) throw error
  } finally {
    end.abort()
  }
}

async function* nothing(): AsyncGenerator<never> {}
