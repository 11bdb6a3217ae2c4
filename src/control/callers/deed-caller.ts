import type { Operation } from '../operations/operation.ts'
import type { DeedContext, Deeds } from '../operations/types.ts'
import { readInput } from '../read-input.ts'
import { onlyAtRoot } from '../refusals.ts'
import { refusalOf } from '../refused.ts'
import { started } from '../started.ts'
import { createCaller, type Caller } from './caller.ts'

type AnyDeed = (input: unknown, context: DeedContext) => unknown

/** Asks the deeds of a world: what is given back is a copy, as it would be over HTTP. */
export function createDeedCaller(deeds: Deeds): Caller {
  return createCaller({
    ask: async (operation, input, signal) => copyOf(await done(deeds, operation, input, signal)),
    open: async (operation, input, signal) => {
      const items = (await done(deeds, operation, input, signal)) as AsyncIterable<unknown>
      return copies(operation.reply === 'sse' ? started(items) : items, operation, signal)
    },
  })
}

/** Does what was asked. */
async function done(
  deeds: Deeds,
  operation: Operation,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<unknown> {
  signal.throwIfAborted()
  const deed = deeds[operation.name] as AnyDeed | undefined
  if (deed === undefined) throw onlyAtRoot(operation)
  const read = readInput(operation, input)
  try {
    return await deed(read, { signal })
  } catch (error) {
    throw signal.aborted ? signal.reason : refusalOf(error, operation.name)
  }
}

async function* copies(
  items: AsyncIterable<unknown>,
  { name }: Operation,
  signal: AbortSignal,
): AsyncGenerator {
  try {
    for await (const item of items) yield copyOf(item)
  } catch (error) {
    throw signal.aborted ? signal.reason : refusalOf(error, name)
  }
}

const copyOf = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value))
