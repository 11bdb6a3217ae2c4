import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { openApiDocument } from '../../src/control/openapi/document.ts'
import { allOperations } from '../../src/control/operations.ts'
import { travelOf, type Operation } from '../../src/control/operations/operation.ts'
import { ask } from './support/ask.ts'
import { fakeDeeds, serveControl, withoutWorlds } from './support/control-server.ts'
import { inputs } from './support/samples.ts'

interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  additionalProperties?: unknown
  required?: string[]
}

interface Described {
  operationId: string
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

interface Document {
  openapi: string
  servers: { url: string }[]
  security: object[]
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

const document = (isRoot = true, isOpen = true) =>
  openApiDocument({ issuer: 'http://localhost:3006', isRoot, isOpen }) as unknown as Document

const described = ({ method, path }: Operation) => document().paths[path]?.[method.toLowerCase()]

function resolved(schema: Schema | undefined): Schema | undefined {
  if (schema?.$ref === undefined) return schema
  return document().components.schemas[schema.$ref.replace('#/components/schemas/', '')]
}

describe('the OpenAPI document', () => {
  test('is a valid one', async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document())))

    expect(result).toEqual({ valid: true })
  })

  test('would not pass for a valid one if it were not', async () => {
    const { paths: _, ...rest } = document()
    const result = await new Validator().validate({ ...rest, paths: { '/x': { get: 5 } } })

    expect(result.valid).toBe(false)
  })

  test('is served where the index says', async () => {
    const { issuer } = await serveControl()

    const index = await ask(`${issuer}/_mock`)
    const served = await ask(String(index.json['openapi']))

    expect(served.headers['content-type']).toBe('application/json')
    expect(served.json).toEqual(
      JSON.parse(JSON.stringify(openApiDocument({ issuer, isRoot: true, isOpen: true }))),
    )
  })

  test('of a world beside the root has nothing about worlds', async () => {
    const { issuer } = await serveControl({ deeds: withoutWorlds(fakeDeeds()), path: '/w/a' })

    const { json } = await ask(`${issuer}/_mock/openapi.json`)

    const { paths, servers } = json as unknown as Document
    expect(servers).toEqual([{ url: `${issuer}/_mock` }])
    expect(Object.keys(paths)).toContain('/world')
    expect(Object.keys(paths).filter((path) => path.startsWith('/worlds'))).toEqual([])
  })

  test('asks for the token where the mock does', () => {
    expect(document(true, false).security).toEqual([{ controlToken: [] }])
    expect(document(true, true).security).toEqual([])
  })

  test('has each operation of the table, and none besides', () => {
    const ids = Object.values(document().paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    )

    expect(ids.toSorted()).toEqual(allOperations.map(({ name }) => name).toSorted())
  })

  test('says of everything that has a name what it is, and not only its name', () => {
    const hollow = Object.entries(document().components.schemas).filter(
      ([, { $ref, ...rest }]) => $ref !== undefined || Object.keys(rest).length === 0,
    )

    expect(Object.keys(document().components.schemas).length).toBeGreaterThan(20)
    expect(hollow).toEqual([])
  })

  test('refers to nothing that is not there', () => {
    const { components } = document()
    const text = JSON.stringify(document())
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!)

    expect(names.length).toBeGreaterThan(10)
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(names))
    expect(text).not.toContain('$defs')
  })
})

describe.each(allOperations.map((operation) => [operation.name, operation] as const))(
  '%s in the OpenAPI document',
  (name, operation) => {
    const { path, query, body } = travelOf(operation)

    test('has the same fields in the same places', () => {
      const { parameters = [], requestBody } = described(operation)!
      const named = (place: string) =>
        parameters.filter((parameter) => parameter.in === place).map(({ name }) => name)

      expect(named('path')).toEqual(path)
      expect(named('query')).toEqual(query)
      const schema = resolved(requestBody?.content['application/json']?.schema)
      const fields = Object.keys(schema?.properties ?? {})
      expect(operation.wholeBody === undefined ? fields : body).toEqual(body)
      expect(schema !== undefined).toBe(body.length > 0)
    })

    test('takes and gives objects that are described', () => {
      const { requestBody, responses } = described(operation)!
      const schemas = [
        ...Object.values(requestBody?.content ?? {}),
        ...Object.values(responses[operation.status]?.content ?? {}),
      ].map(({ schema }) => resolved(schema))

      const isNone = operation.reply === 'none'
      expect(schemas).toHaveLength(Number(body.length > 0) + Number(!isNone))
      for (const schema of schemas) expect(Object.keys(schema ?? {})).not.toEqual([])
    })

    test('wants what is wanted, and no more', () => {
      const { parameters = [], requestBody } = described(operation)!
      const wanted = [
        ...parameters.filter(({ required }) => required).map(({ name }) => name),
        ...(operation.wholeBody === undefined
          ? (resolved(requestBody?.content['application/json']?.schema)?.required ?? [])
          : [operation.wholeBody]),
      ]
      const given = Object.fromEntries(
        Object.entries(inputs[name]).filter(([field]) => wanted.includes(field)),
      )

      expect(operation.input.safeParse(given).success).toBe(true)
      const needless = wanted.filter((field) => {
        const { [field]: _, ...without } = given as Record<string, unknown>
        return operation.input.safeParse(without).success
      })
      expect(needless).toEqual([])
    })
  },
)
