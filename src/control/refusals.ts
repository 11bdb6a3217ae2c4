import type { Operation } from './operations/operation.ts'
import { ControlRefused } from './refused.ts'

/** Worlds are made, listed and ended where they are known: at the mock's root. */
export const onlyAtRoot = ({ name, method, path }: Operation): ControlRefused =>
  new ControlRefused({
    code: 'ERR_OPERATION_NOT_FOUND',
    detail: `${name} (${method} ${path}) belongs to the mock, and not to one of its worlds. Ask the default world, at the server's root.`,
  })
