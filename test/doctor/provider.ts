import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach } from 'vitest'
import {
  examine,
  type Diagnosis,
  type ExamineOptions,
  type Finding,
} from '../../src/doctor/index.ts'
import type { FindingId } from '../../src/doctor/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import type { SelfSigned } from './self-signed.ts'

export interface Reply {
  status?: number
  headers?: Record<string, string | string[]>
  body?: string | object
}

type Answer = (request: Heard) => Reply | 'silence' | 'hang-up'

export interface Heard {
  method: string
  path: string
  query: URLSearchParams
  form: URLSearchParams
  headers: IncomingMessage['headers']
  /** Where this provider is. */
  origin: string
}

export interface LocalProvider {
  origin: string
  port: number
  heard: Heard[]
}

const servers: Server[] = []

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((closed) => {
          server.close(closed)
          server.closeAllConnections()
        }),
    ),
  )
})

/** The parts of a healthy provider of somebody else's make; a test replaces one to make it ill. */
export const healthy: Record<string, Answer> = {
  '/.well-known/openid-configuration': ({ origin }) => ({ body: documentOf(origin) }),
  '/jwks': () => ({ body: { keys: [{ kty: 'RSA', kid: 'k', use: 'sig', n: 'sXch', e: 'AQAB' }] } }),
  '/auth': ({ query }) =>
    query.get('client_id') !== 'portal'
      ? { status: 400, body: '<p>invalid_client</p>' }
      : query.get('redirect_uri') !== callback
        ? { status: 400, body: '<p>Invalid parameter: redirect_uri</p>' }
        : {
            status: 303,
            headers: { Location: '/sign-in/1', 'Set-Cookie': 'mark=1; Path=/sign-in; HttpOnly' },
          },
  '/sign-in/1': ({ headers }) =>
    headers.cookie === 'mark=1' ? { body: '<form>' } : { status: 400, body: 'no session' },
  '/token': ({ headers }) =>
    headers.authorization === `Basic ${btoa('portal:right+secret')}`
      ? { status: 400, body: { error: 'invalid_grant' } }
      : { status: 401, body: { error: 'invalid_client' } },
}

export const callback = 'http://localhost:5000/callback'

/** What a portal that is configured rightly would give. */
export const asPortal = {
  clientId: 'portal',
  clientSecret: 'right secret',
  expectedRedirectUri: callback,
} satisfies Partial<ExamineOptions>

export const documentOf = (origin: string): Record<string, unknown> => ({
  issuer: origin,
  authorization_endpoint: `${origin}/auth`,
  token_endpoint: `${origin}/token`,
  jwks_uri: `${origin}/jwks`,
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
})

/** A discovery document that differs from the healthy one in these. */
export const discoveryWith = (changes: (origin: string) => Record<string, unknown>) => ({
  '/.well-known/openid-configuration': ({ origin }: Heard): Reply => ({
    body: { ...documentOf(origin), ...changes(origin) },
  }),
})

/** A provider on a free port of 127.0.0.1, ill in the given parts. Closed after the test. */
export async function aProvider(
  illnesses: Record<string, Answer> = {},
  tls?: SelfSigned,
): Promise<LocalProvider> {
  const answers = { ...healthy, ...illnesses }
  const provider = { origin: '', port: 0, heard: [] as Heard[] }
  const server = tls ? createHttpsServer(tls) : createHttpServer()
  server.on('request', (request, response) => {
    void serve(request, response, provider, answers)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  servers.push(server)
  provider.port = (server.address() as AddressInfo).port
  provider.origin = `http${tls ? 's' : ''}://127.0.0.1:${provider.port}`
  return provider
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { origin, heard }: LocalProvider,
  answers: Record<string, Answer>,
): Promise<void> {
  const url = new URL(request.url ?? '/', origin)
  const asked: Heard = {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(await text(request)),
    headers: request.headers,
    origin,
  }
  heard.push(asked)
  const answer = answers[url.pathname]?.(asked) ?? { status: 404, body: 'Not Found' }
  if (answer === 'silence') return
  if (answer === 'hang-up') {
    request.socket.destroy()
    return
  }
  const { status = 200, headers = {}, body = '' } = answer
  const isJson = typeof body === 'object'
  const type = isJson ? 'application/json' : 'text/html'
  response.writeHead(status, { 'Content-Type': type, ...headers })
  response.end(isJson ? JSON.stringify(body) : body)
}

/** The network as it would be if these origins led to those. Others are not known to DNS. */
export function network(routes: Record<string, string>): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const to = routes[url.origin]
    if (to === undefined) throw failure('ENOTFOUND')
    return fetch(to + url.pathname + url.search, init)
  }
}

/** How `fetch` fails: the code is in the cause. */
export const failure = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

/** Examines with the machine's clock and an empty environment. */
export const look = (issuer: string, options: Partial<ExamineOptions> = {}): Promise<Diagnosis> =>
  examine(issuer, { clock: systemClock, ...options })

/** The findings of one kind. */
export const findings = (diagnosis: Diagnosis, id: FindingId): Finding[] =>
  diagnosis.findings.filter((finding) => finding.id === id)

/** Everything that is not well, by what it is about. */
export const ills = (diagnosis: Diagnosis): string[] =>
  diagnosis.findings
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ id, verdict }) => `${id} ${verdict}`)
