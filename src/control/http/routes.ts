import { nearest } from '../../kernel/index.ts'
import { allOperations } from '../operations.ts'
import type { Operation } from '../operations/operation.ts'
import { ControlRefused } from '../refused.ts'
import { onlyAtRoot } from '../refusals.ts'

/** What is asked for, and what the path says about it. */
export interface Route {
  operation: Operation
  params: Readonly<Record<string, string>>
}

interface Template {
  operation: Operation
  segments: readonly string[]
}

const templates: readonly Template[] = allOperations
  .map((operation) => ({ operation, segments: operation.path.slice(1).split('/') }))
  // Words before fields: "/sign-ins/wait" is no sign-in.
  .toSorted((a, b) => fieldsOf(a) - fieldsOf(b))

function isField(segment: string): boolean {
  return segment.startsWith('{')
}

function fieldsOf({ segments }: Template): number {
  return segments.filter(isField).length
}

/**
 * The operation that a method and a path below `/_mock` mean.
 *
 * @throws {@link ControlRefused} When they mean none.
 */
export function findRoute(method: string, path: string, isRoot: boolean): Route {
  const asked = path.slice(1).split('/').map(decoded)
  const fitting = templates.filter(({ segments }) => fits(segments, asked))
  const [first] = fitting
  if (first === undefined) throw pathNotFound(path, asked)
  const here = fitting.filter(({ operation }) => operation.path === first.operation.path)
  const found = here.find(({ operation }) => operation.method === method)
  if (found === undefined) throw methodNotAllowed(method, path, here)
  if (found.operation.isRootOnly && !isRoot) throw onlyAtRoot(found.operation)
  const named = found.segments.flatMap((segment, index) =>
    isField(segment) ? [[segment.slice(1, -1), asked[index]!] as const] : [],
  )
  return { operation: found.operation, params: Object.fromEntries(named) }
}

const fits = (segments: readonly string[], asked: readonly string[]) =>
  segments.length === asked.length &&
  segments.every((segment, index) => (isField(segment) ? asked[index] : segment) === asked[index])

/** What nobody could have encoded stands for itself. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function pathNotFound(path: string, asked: readonly string[]): ControlRefused {
  const known = new Map(templates.map(({ segments }) => [likened(segments, asked), segments]))
  const meant = known.get(nearest(asked.join('/'), known.keys()) ?? '')
  const likely = meant && `/_mock/${meant.join('/')}`
  return new ControlRefused({
    code: 'ERR_OPERATION_NOT_FOUND',
    detail: `"/_mock${path.slice(0, 200)}" is no operation. ${likely === undefined ? '' : `Did you mean "${likely}"? `}GET /_mock lists them.`,
    fields: { nearest: likely },
  })
}

/** A template with what was asked for in its fields, so that an id does not make it unlike. */
const likened = (segments: readonly string[], asked: readonly string[]) =>
  segments
    .map((segment, index) => (isField(segment) ? (asked[index] ?? segment) : segment))
    .join('/')

function methodNotAllowed(method: string, path: string, here: readonly Template[]): ControlRefused {
  const allow = here.map(({ operation }) => operation.method)
  const does = here.map(({ operation: { method, name } }) => `${method} (${name})`).join(', ')
  return new ControlRefused({
    code: 'ERR_METHOD_NOT_ALLOWED',
    detail: `${method.slice(0, 20)} is not what "/_mock${path.slice(0, 200)}" takes. It takes ${does}.`,
    fields: { allow },
  })
}
