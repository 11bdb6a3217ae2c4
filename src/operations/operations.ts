import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Log, LogEvent, Random, Store } from '../kernel/index.ts'
import type { Exposition } from './exposition.ts'
import { createMeasures, type Measures } from './measures.ts'
import { Readiness, type ReadinessCheck } from './readiness.ts'
import { RequestWatch } from './request-watch.ts'
import { pathOf } from './routes.ts'
import { TimedStore } from './timed-store.ts'
import { createTraces } from './trace.ts'

export interface OperationsOptions {
  random: Random
  log: Log
  /**
   * Whether the log is also told of every request, and in which request everything else happened.
   *
   * @default false
   */
  logsRequests?: boolean
}

/** What is watched of one mock, and what it answers about itself. */
export interface Operations {
  /** The log for everybody else: what passes through is counted. */
  log: Log
  /** The same store, timed. */
  timed(store: Store): Store
  /** Gives each request an id, and counts it when it is over, under this route or its own. */
  watch(next: RequestListener, route?: string): RequestListener
  /** Answers `/healthz` and `/readyz`, whatever Host was called. */
  answerHealth(
    checks: Readonly<Record<string, ReadinessCheck>>,
    next: RequestListener,
  ): RequestListener
  /** Answers `/metrics`, and says whether it was asked for. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): boolean
  /** From now on nothing is ready, and every reply ends its connection. */
  stop(): void
}

export function createOperations(options: OperationsOptions): Operations {
  const { random, logsRequests = false } = options
  const measures = createMeasures()
  const traces = createTraces()
  const log: Log = (event) => {
    const trace = logsRequests ? traces.getStore() : undefined
    if (trace && 'signInId' in event) trace.signInId ??= event.signInId
    measure(measures, event)
    options.log(trace ? { ...event, requestId: trace.requestId } : event)
  }
  const watch = new RequestWatch({
    processName: random.id().slice(0, 8),
    traces,
    measures,
    ...(logsRequests ? { log: options.log } : {}),
  })
  let hasSaidFull = false
  const stops: (() => void)[] = [() => watch.stop()]
  return {
    log,
    timed: (store) =>
      new TimedStore(store, measures.storeSeconds, ({ message }) => {
        if (!hasSaidFull) log({ event: 'notice', message })
        hasSaidFull = true
      }),
    watch: (next, route) => watch.listener(next, route),
    answerHealth: (checks, next) => {
      const readiness = new Readiness(checks)
      stops.push(() => readiness.stop())
      return withHealth(readiness, next)
    },
    serveMetrics: createMetricsAnswer(measures, log),
    stop: () => stops.forEach((stop) => stop()),
  }
}

function measure({ signIns, signInSeconds, stepSeconds }: Measures, event: LogEvent): void {
  if (event.event === 'sign-in-ended') {
    const automatic = String(event.isAutomatic)
    signIns.count(event.clientId, event.outcome, automatic)
    signInSeconds.observe(event.durationMs / 1000, event.outcome, automatic)
  } else if (event.event === 'step-ended') stepSeconds.observe(event.durationMs / 1000, event.step)
}

function withHealth(readiness: Readiness, next: RequestListener): RequestListener {
  return (request, response) => {
    const path = pathOf(request.url)
    if (path !== '/healthz' && path !== '/readyz') return next(request, response)
    if (!isRead(request, response)) return
    if (path === '/healthz') return sendJson(response, 200, { isAlive: true })
    void readiness.report().then((report) => sendJson(response, report.isReady ? 200 : 503, report))
  }
}

/** The library that speaks Prometheus is loaded when somebody asks for the first time. */
function createMetricsAnswer(measures: Measures, log: Log): Operations['serveMetrics'] {
  let exposition: Promise<Exposition> | undefined
  const open = async () => (await import('./exposition.ts')).createExposition(measures)
  const send = async (response: ServerResponse) => {
    try {
      const opened = await (exposition ??= open())
      const body = await opened.text()
      response.writeHead(200, { ...neverKept, 'Content-Type': opened.contentType }).end(body)
    } catch (error) {
      log({ event: 'server-error', where: '/metrics', error })
      response.writeHead(500, neverKept).end()
    }
  }
  return (request, response) => {
    if (pathOf(request.url) !== '/metrics') return false
    if (isRead(request, response)) void send(response)
    return true
  }
}

const neverKept = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

function isRead({ method }: IncomingMessage, response: ServerResponse): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  response.writeHead(405, { ...neverKept, Allow: 'GET, HEAD' }).end()
  return false
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const headers = status === 503 ? { ...neverKept, 'Retry-After': '2' } : neverKept
  response
    .writeHead(status, { ...headers, 'Content-Type': 'application/json' })
    .end(`${JSON.stringify(body)}\n`)
}
