import { allOperations } from '../operations.ts'
import { packageVersion } from './replies.ts'

export interface IndexOptions {
  issuer: string
  isRoot: boolean
}

/** What somebody reads who only knows the address. */
export function indexOf({ issuer, isRoot }: IndexOptions): object {
  const base = `${issuer.replace(/\/$/, '')}/_mock`
  return {
    name: 'mock-vneid',
    version: packageVersion(),
    issuer,
    openapi: `${base}/openapi.json`,
    operations: allOperations
      .filter(({ isRootOnly }) => isRoot || !isRootOnly)
      .map(({ name, method, path, summary }) => ({
        name,
        at: `${method} ${base}${path}`,
        summary,
      })),
  }
}
