import type { ErrorCode, Problem } from '../kernel/index.ts'
import { ControlRefused } from './refused.ts'

/** The media type of a refusal. RFC 9457 §3. */
export const problemType = 'application/problem+json'

/** A refusal on the wire. RFC 9457. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  problems?: readonly Problem[]
  [extension: string]: unknown
}

export function problemDocument(refused: ControlRefused): ProblemDocument {
  const { code, status, message, problems, fields } = refused
  const words = code.replace(/^ERR_/, '').toLowerCase().split('_')
  return {
    type: `urn:mock-vneid:problem:${words.join('-')}`,
    title: words.join(' ').replace(/^./, (letter) => letter.toUpperCase()),
    status,
    detail: message,
    code,
    ...(problems.length === 0 ? {} : { problems }),
    ...fields,
  }
}

/** The refusal that a reply is, or `undefined` when it is none of ours. */
export function problemRead({ headers }: Response, body: string): ControlRefused | undefined {
  const isOurs =
    headers.has('x-mock-vneid') && headers.get('content-type')?.startsWith(problemType) === true
  if (!isOurs) return undefined
  const { code, status, detail, problems = [], ...fields } = JSON.parse(body) as ProblemDocument
  return new ControlRefused({ code, status, detail, problems, fields })
}
