import * as z from 'zod'

/** A schema, or a part of the document, as JSON. */
export type JsonSchema = Record<string, unknown>

export interface Schemas {
  /** The schema, with references to those that have a name. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema
  /** Those that have a name and were referred to. */
  named(): Record<string, JsonSchema>
}

const inZod = '"#/$defs/'
const inDocument = '"#/components/schemas/'

/** Collects the schemas of one document. */
export function createSchemas(): Schemas {
  const named: Record<string, JsonSchema> = { Problem: problem }
  return {
    of: (schema, io) => {
      const {
        $schema: _,
        $defs,
        ...own
      } = moved(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
      // What is asked for is among them where it has a name, and its own is then a reference.
      Object.assign(named, $defs)
      return own
    },
    named: () => named,
  }
}

const moved = (schema: object): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll(inZod, inDocument)) as JsonSchema

/** A refusal on the wire. RFC 9457 §3. */
const problem: JsonSchema = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, and the next thing to do.' },
    code: { type: 'string', pattern: '^ERR_[A-Z_]+$', description: 'What programs go by.' },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: {
            type: 'array',
            items: { type: ['string', 'integer'] },
            description: 'Keys and indexes from the top of the input to what is wrong.',
          },
          message: { type: 'string' },
        },
        required: ['path', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
}
