import { bodyParser } from '@koa/bodyparser'
import type Koa from 'koa'
import * as z from 'zod'
import { deepestNesting, isTooDeep, type Problem } from '../../kernel/index.ts'
import { travelOf, type Operation } from '../operations/operation.ts'
import { requestInvalid } from '../read-input.ts'
import { ControlRefused } from '../refused.ts'
import type { Route } from './routes.ts'

/** How much a request may say, in bytes. */
const limit = 256 * 1024

const parse = bodyParser({ enableTypes: ['json'], jsonLimit: limit, jsonStrict: false })

/**
 * The input that a request is, from its path, query and body. Not yet judged by its schema.
 *
 * @throws {@link ControlRefused} When it cannot be read, or says a thing in the wrong place.
 */
export async function readRequest(
  ctx: Koa.Context,
  { operation, params }: Route,
): Promise<Record<string, unknown>> {
  const query = readQuery(ctx, operation)
  const body = await readBody(ctx, operation)
  return { ...body, ...query, ...params }
}

function readQuery(ctx: Koa.Context, operation: Operation): Record<string, unknown> {
  const { query: known, body } = travelOf(operation)
  const given = new URLSearchParams(ctx.querystring)
  const problems: Problem[] = []
  for (const name of new Set(given.keys())) {
    const says = (message: string) => problems.push({ path: [name], message })
    if (given.getAll(name).length > 1) says('is given more than once')
    else if (body.includes(name)) says('belongs in the body, not in the query')
  }
  if (problems.length > 0) throw requestInvalid(operation.name, problems)
  return Object.fromEntries(
    [...given].map(([name, text]) => [
      name,
      known.includes(name) ? valueOf(operation.fields[name]!, text) : text,
    ]),
  )
}

/** Text of a query, as what the field is. What cannot be is left to the schema to refuse. */
function valueOf(field: z.ZodType, text: string): unknown {
  const type = typeOf(field)
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : text)
  const isNumber = type === 'number' || type === 'integer'
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

const types = new WeakMap<z.ZodType, unknown>()

/** Of a field in a query, as JSON Schema calls it. */
function typeOf(field: z.ZodType): unknown {
  if (!types.has(field))
    types.set(field, z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }).type)
  return types.get(field)
}

async function readBody(
  ctx: Koa.Context,
  { name, method, wholeBody }: Operation,
): Promise<Record<string, unknown>> {
  const hasBody = Number(ctx.get('Content-Length')) > 0 || ctx.get('Transfer-Encoding') !== ''
  if (method === 'GET' || method === 'DELETE') {
    if (!hasBody) return {}
    const message = `must be empty: a ${method} says everything in its path and query`
    throw requestInvalid(name, [{ path: [], message: `the body ${message}` }])
  }
  const type = ctx.get('Content-Type')
  if (type === '' ? hasBody : !/^application\/json\s*(;|$)/i.test(type)) throw wrongType(type)
  const value = hasBody ? await parsed(ctx, name) : {}
  if (wholeBody !== undefined) return { [wholeBody]: value }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw requestInvalid(name, [{ path: [], message: 'the body must be an object' }])
}

/** A form or a plain text can be sent by any page; JSON cannot, without being asked about. */
const wrongType = (type: string) =>
  new ControlRefused({
    code: 'ERR_MEDIA_TYPE_WRONG',
    detail: `the body must be JSON, and say so with "Content-Type: application/json", got ${type === '' ? 'none' : JSON.stringify(type.slice(0, 100))}.`,
  })

async function parsed(ctx: Koa.Context, name: string): Promise<unknown> {
  try {
    await parse(ctx, async () => {})
  } catch (error) {
    throw unreadable(error as BodyError, name)
  }
  const body: unknown = ctx.request.body
  if (isTooDeep(body))
    throw requestInvalid(name, [
      { path: [], message: `the body must not be nested deeper than ${deepestNesting} levels` },
    ])
  return body === '' ? {} : body
}

interface BodyError extends Error {
  status?: number
  body?: string
}

function unreadable({ status, message, body }: BodyError, name: string): ControlRefused {
  if (status === 413)
    return new ControlRefused({
      code: 'ERR_TOO_LARGE',
      detail: `a request may be ${limit / 1024} kB long, and this one is longer. Ask in several.`,
    })
  if (status === 415)
    return new ControlRefused({
      code: 'ERR_MEDIA_TYPE_WRONG',
      detail: `the body cannot be unpacked: ${message}. Send it as it is, or with gzip.`,
    })
  const found = `the body is not JSON: ${message.replace(/\.$/, '')}${placeIn(body ?? '', message)}`
  return requestInvalid(name, [{ path: [], message: found }])
}

/** Where an error of JSON.parse is, when it says so. */
function placeIn(body: string, message: string): string {
  const [, position] = /at position (\d+)$/.exec(message) ?? []
  if (position === undefined) return ''
  const lines = body.slice(0, Number(position)).split('\n')
  return ` (line ${lines.length}, column ${lines.at(-1)!.length + 1})`
}
