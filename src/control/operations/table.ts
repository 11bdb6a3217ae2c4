import type { Operation } from './operation.ts'
import type { OperationName } from './types.ts'

/** Every operation by its name. */
export type Operations = { readonly [K in OperationName]: Operation<K> }
