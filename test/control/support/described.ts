import { Ajv2020 } from 'ajv/dist/2020.js'
import { openApiDocument } from '../../../src/control/openapi/document.ts'
import { travelOf, type Operation } from '../../../src/control/operations/operation.ts'

interface Described {
  parameters?: { name: string; in: string; required: boolean }[]
  requestBody?: { required: boolean; content: Record<string, unknown> }
  responses: Record<string, { content?: Record<string, unknown>; $ref?: string }>
}

const document = openApiDocument({
  issuer: 'http://localhost:3006',
  isRoot: true,
  isOpen: true,
}) as unknown as { paths: Record<string, Record<string, Described>> }

// Formats say what is meant, and nothing that is not in the pattern beside them.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema(document, 'document')

/** What of a value the document does not say, at a place in the document. Nothing, where it does. */
function problemsAt(place: readonly string[], value: unknown): string[] {
  const pointer = place.map((part) =>
    encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
  )
  const validate = ajv.getSchema(`document#/${pointer.join('/')}`)
  if (validate === undefined) return [`${place.join(' ')} is not described`]
  if (validate(value) === true) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
  )
}

const placeOf = ({ method, path }: Operation) => ['paths', path, method.toLowerCase()]

const described = ({ method, path }: Operation) => document.paths[path]![method.toLowerCase()]!

/** What the document would not let through of a request, by where its parts travel. */
export function requestProblems(operation: Operation, input: Record<string, unknown>): string[] {
  const { query, body } = travelOf(operation)
  const { parameters = [] } = described(operation)
  const inQuery = query.filter((name) => name in input)
  const problems = [...travelOf(operation).path, ...inQuery].flatMap((name) => {
    const index = parameters.findIndex((parameter) => parameter.name === name)
    return problemsAt([...placeOf(operation), 'parameters', `${index}`, 'schema'], input[name])
  })
  if (body.length === 0) return problems
  const { wholeBody } = operation
  const said = Object.fromEntries(Object.entries(input).filter(([name]) => body.includes(name)))
  return [...problems, ...bodyProblems(operation, wholeBody === undefined ? said : said[wholeBody])]
}

/** What the document would not let through of the body of a request. */
export const bodyProblems = (operation: Operation, body: unknown): string[] =>
  problemsAt([...placeOf(operation), 'requestBody', 'content', 'application/json', 'schema'], body)

/** What the document did not say of a reply. */
export function replyProblems(operation: Operation, type: string, reply: unknown): string[] {
  const content = ['responses', `${operation.status}`, 'content', type, 'schema']
  return problemsAt([...placeOf(operation), ...content], reply)
}

/** What it did not say of a refusal. */
export const problemProblems = (problem: unknown): string[] =>
  problemsAt(['components', 'schemas', 'Problem'], problem)
