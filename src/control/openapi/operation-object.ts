import * as z from 'zod'
import { strictObject } from '../../kernel/index.ts'
import { travelOf, type Operation, type Reach } from '../operations/operation.ts'
import type { JsonSchema, Schemas } from './schemas.ts'

const reaches: Readonly<Record<Reach, string>> = {
  world: 'Its effect is bound to the world.',
  'relying party': 'Its effect is bound to the relying party.',
  person: 'Its effect is bound to the person.',
  'sign-in': 'Its effect is bound to the sign-in.',
  nothing: 'Nothing that is there changes.',
}

/** What an operation is about: the first word of its path. */
export const tagOf = ({ path }: Operation): string => path.split('/')[1]!

/** One operation, as OpenAPI describes it. */
export function operationObject(operation: Operation, schemas: Schemas): JsonSchema {
  const { name, summary, boundTo } = operation
  const parameters = parametersOf(operation, schemas)
  return {
    operationId: name,
    tags: [tagOf(operation)],
    summary,
    description: reaches[boundTo],
    'x-bound-to': boundTo,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(operation, schemas),
    responses: {
      [operation.status]: replyOf(operation, schemas),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function parametersOf(operation: Operation, schemas: Schemas): JsonSchema[] {
  const { path, query } = travelOf(operation)
  return [
    ...path.map((name) => ({ name, in: 'path', required: true })),
    ...query.map((name) => ({ name, in: 'query', required: !mayBeMissing(operation, name) })),
  ].map((parameter) => {
    const { description, ...schema } = schemas.of(operation.fields[parameter.name]!, 'input')
    return { ...parameter, ...(description === undefined ? {} : { description }), schema }
  })
}

const mayBeMissing = ({ fields }: Operation, name: string) =>
  fields[name] instanceof z.ZodExactOptional

function bodyOf(operation: Operation, schemas: Schemas): JsonSchema {
  const { body } = travelOf(operation)
  if (body.length === 0) return {}
  const { fields, wholeBody } = operation
  const schema =
    wholeBody === undefined
      ? strictObject(Object.fromEntries(body.map((name) => [name, fields[name]!])))
      : fields[wholeBody]!
  const required = !schema.safeParse({}).success
  const content = { 'application/json': { schema: schemas.of(schema, 'input') } }
  return { requestBody: { required, content } }
}

const types = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sse: 'text/event-stream',
} as const

const descriptions: Readonly<Record<Operation['reply'], string>> = {
  json: 'It was done.',
  ndjson: 'A value of this schema on each line.',
  sse: 'Events, the data of each a value of this schema.',
  none: 'It was done.',
}

function replyOf({ reply, output }: Operation, schemas: Schemas): JsonSchema {
  const description = descriptions[reply]
  if (reply === 'none' || output === undefined) return { description }
  return { description, content: { [types[reply]]: { schema: schemas.of(output, 'output') } } }
}
