import type * as z from 'zod'
import { strictObject } from '../../kernel/index.ts'
import type { Nothing, OperationInputs, OperationName, OperationOutputs } from './types.ts'

/** What the effect of an operation is bound to: nothing else notices it. */
export type Reach = 'world' | 'relying party' | 'person' | 'sign-in' | 'nothing'

/** How a reply comes: all at once, a line each, as it happens, or with nothing in it. */
export type ReplyKind = 'json' | 'ndjson' | 'sse' | 'none'

/** A schema for each field of an input: of a key that may be missing, one that may be. */
export type FieldsOf<T> = {
  [K in keyof T]-?: Nothing extends Pick<T, K>
    ? z.ZodExactOptional<z.ZodType<Exclude<T[K], undefined>>>
    : z.ZodType<T[K]>
}

/** One operation: what it takes, what it gives, and where on the wire it is. */
export interface Operation<K extends OperationName = OperationName> {
  readonly name: K
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `<issuer>/_mock`. `{field}` is a field of the input. */
  readonly path: `/${string}`
  readonly summary: string
  readonly boundTo: Reach
  /** Whether only the mock's own root has it. */
  readonly isRootOnly: boolean
  readonly input: z.ZodType<OperationInputs[K]>
  /** A schema for each field of the input. */
  readonly fields: Readonly<Record<string, z.ZodType>>
  /** The field that is the whole body, where one is. */
  readonly wholeBody?: string
  readonly reply: ReplyKind
  readonly status: 200 | 201 | 204
  /** Of the whole reply, or of each item of a stream. */
  readonly output?: z.ZodType<OperationOutputs[K]>
}

interface Row<K extends OperationName> {
  /** Method and path, as in `GET /people/{person}`. */
  at: `${Operation['method']} /${string}`
  summary: string
  boundTo: Reach
  isRootOnly?: boolean
  takes: FieldsOf<OperationInputs[K]>
  wholeBody?: keyof OperationInputs[K] & string
  /** 200, or 204 where nothing is given. */
  status?: 201
  /** `json`, or `none` where nothing is given. */
  reply?: 'ndjson' | 'sse'
  gives?: z.ZodType<OperationOutputs[K]>
}

/** A row of the table. */
export function operation<K extends OperationName>(name: K, row: Row<K>): Operation<K> {
  const { at, summary, boundTo, isRootOnly = false, takes, wholeBody, gives } = row
  const [method, path] = at.split(' ') as [Operation['method'], `/${string}`]
  const fields = takes as unknown as Record<string, z.ZodType>
  return {
    name,
    method,
    path,
    summary,
    boundTo,
    isRootOnly,
    input: strictObject(fields) as unknown as z.ZodType<OperationInputs[K]>,
    fields,
    ...(wholeBody === undefined ? {} : { wholeBody }),
    reply: row.reply ?? (gives === undefined ? 'none' : 'json'),
    status: row.status ?? (gives === undefined ? 204 : 200),
    ...(gives === undefined ? {} : { output: gives }),
  }
}

/** Whether its reply comes when something happens, so that it is for whoever is still there then. */
export const waits = ({ fields, reply }: Operation): boolean =>
  reply === 'sse' || 'timeoutSeconds' in fields

/** Where each field of an input travels. */
export interface Travel {
  path: readonly string[]
  query: readonly string[]
  /** Its fields, unless one field is the whole of it. */
  body: readonly string[]
}

/** In the path what the path names; the rest in the query of a GET or DELETE, in the body of others. */
export function travelOf({ method, path, fields }: Operation): Travel {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const rest = Object.keys(fields).filter((name) => !inPath.includes(name))
  const hasBody = method === 'POST' || method === 'PATCH'
  return { path: inPath, query: hasBody ? [] : rest, body: hasBody ? rest : [] }
}
