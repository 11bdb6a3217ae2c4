import { referenceKeys } from '../operations/types.ts'

/** Where in something the id is, by what it is referred to as. */
const idKeys: Readonly<Record<string, readonly string[]>> = {
  client: ['client_id'],
  signIn: ['signInId', 'id'],
}

/** An id, of an id or of anything that has it. What has none is left to be refused. */
export function idOf(key: string, reference: unknown): unknown {
  if (typeof reference !== 'object' || reference === null) return reference
  const thing = reference as Record<string, unknown>
  const ids = (idKeys[key] ?? ['id']).map((idKey) => thing[idKey])
  return ids.find((id) => typeof id === 'string') ?? reference
}

/** The same with every reference as an id. */
export function withIds(input: object | undefined): Record<string, unknown> {
  const entries = Object.entries(input ?? {})
  return Object.fromEntries(
    entries.map(([key, value]) => [key, isReference(key) ? idOf(key, value) : value]),
  )
}

const isReference = (key: string) => (referenceKeys as readonly string[]).includes(key)
