import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { monotonicMs, type Log } from '../kernel/index.ts'
import type { Measures } from './measures.ts'
import { createRequestIds, givenRequestId } from './request-id.ts'
import { pathOf, routeOf } from './routes.ts'
import type { Trace, Traces } from './trace.ts'

export interface RequestWatchOptions {
  /** Begins the ids of requests that come without one. */
  processName: string
  traces: Traces
  measures: Measures
  /** Told of every request that is over, if anybody wants to hear it. */
  log?: Log
}

interface Ended {
  trace: Trace
  path: string
  route: string
  durationMs: number
}

/** No path of ours is longer, and a log need not hold more. */
const longestPath = 200

/** Accompanies every request from its head to the end of its reply. */
export class RequestWatch {
  readonly #options: RequestWatchOptions
  readonly #nextId: () => string
  readonly #inFlight = new Set<ServerResponse>()
  #isStopping = false

  constructor(options: RequestWatchOptions) {
    this.#options = options
    this.#nextId = createRequestIds(options.processName)
  }

  listener(next: RequestListener, route?: string): RequestListener {
    const { traces } = this.#options
    return (request, response) => {
      const begunMs = monotonicMs()
      const trace: Trace = { requestId: givenRequestId(request) ?? this.#nextId() }
      const path = pathOf(request.url)
      response.setHeader('X-Request-Id', trace.requestId)
      if (this.#isStopping) response.setHeader('Connection', 'close')
      this.#inFlight.add(response)
      response.once('close', () => {
        this.#inFlight.delete(response)
        this.#end(request, response, {
          trace,
          path,
          route: route ?? routeOf(path),
          durationMs: monotonicMs() - begunMs,
        })
      })
      traces.run(trace, () => next(request, response))
    }
  }

  /** Connections are not kept for a request that would be refused. */
  stop(): void {
    this.#isStopping = true
    for (const response of this.#inFlight)
      if (!response.headersSent) response.setHeader('Connection', 'close')
  }

  #end(
    { method = '' }: IncomingMessage,
    response: ServerResponse,
    { trace, path, route, durationMs }: Ended,
  ): void {
    const { measures, log } = this.#options
    const { statusCode: status, writableFinished: isFinished } = response
    measures.requests.count(route, isFinished ? `${Math.floor(status / 100)}xx` : 'broken off')
    measures.requestSeconds.observe(durationMs / 1000, route)
    if (log === undefined) return
    const signInId = trace.signInId ?? signInIn(path) ?? signInIn(response.getHeader('location'))
    log({
      event: 'request',
      method,
      path: path.slice(0, longestPath),
      status,
      isFinished,
      durationMs: Math.round(durationMs * 10) / 10,
      requestId: trace.requestId,
      ...(signInId === undefined ? {} : { signInId }),
    })
  }
}

/** The sign-in whose page an address is. */
const signInIn = (address: unknown): string | undefined =>
  typeof address === 'string' ? /\/sign-in\/([\w-]{1,64})/.exec(address)?.[1] : undefined
