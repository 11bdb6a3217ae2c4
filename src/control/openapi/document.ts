import { packageVersion } from '../http/replies.ts'
import { allOperations } from '../operations.ts'
import type { Operation } from '../operations/operation.ts'
import { createSchemas, type JsonSchema } from './schemas.ts'
import { operationObject, tagOf } from './operation-object.ts'

export interface OpenApiOptions {
  issuer: string
  /** Whether it is the mock's root, which has the operations about worlds. */
  isRoot: boolean
  /** Whether nobody needs a token. */
  isOpen: boolean
}

/** All operations of a world as an OpenAPI 3.1 document, made from the table that does them. */
export function openApiDocument({ issuer, isRoot, isOpen }: OpenApiOptions): JsonSchema {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Mock VNeID: control',
      version: packageVersion(),
      summary: 'Everything that a test may ask of a world of the mock.',
    },
    servers: [{ url: `${issuer.replace(/\/$/, '')}/_mock` }],
    security: isOpen ? [] : [{ controlToken: [] }],
    ...(isRoot ? atRoot() : elsewhere()),
  }
}

/** What is the same for all worlds is made once: it takes as long as a hundred requests. */
const atRoot = once(() => describe(allOperations))
const elsewhere = once(() => describe(allOperations.filter(({ isRootOnly }) => !isRootOnly)))

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function describe(operations: readonly Operation[]): JsonSchema {
  const schemas = createSchemas()
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const operation of operations) {
    const here = (paths[operation.path] ??= {})
    here[operation.method.toLowerCase()] = operationObject(operation, schemas)
  }
  return {
    tags: tagsOf(operations),
    paths,
    components: {
      schemas: schemas.named(),
      responses: { Problem: problemResponse },
      securitySchemes: { controlToken: { type: 'http', scheme: 'bearer' } },
    },
  }
}

const problemResponse: JsonSchema = {
  description: 'Why it was not done. RFC 9457.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const tagsOf = (operations: readonly Operation[]): JsonSchema[] =>
  [...new Set(operations.map(tagOf))].map((name) => ({ name }))
