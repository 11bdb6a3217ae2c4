import type { RequestListener } from 'node:http'
import Koa from 'koa'
import { endOnHangUp, isBrokenConnection } from '../../http/index.ts'
import type { Log } from '../../kernel/index.ts'
import { waits, type Operation } from '../operations/operation.ts'
import type { DeedContext, Deeds } from '../operations/types.ts'
import { openApiDocument } from '../openapi/document.ts'
import { readInput } from '../read-input.ts'
import { ControlRefused, refusalOf } from '../refused.ts'
import { createGuard, type GuardOptions } from './guard.ts'
import { indexOf } from './operations-index.ts'
import { readRequest } from './read-request.ts'
import { sendJson, sendRefusal, sendStream, standardHeaders } from './replies.ts'
import { findRoute } from './routes.ts'
import { asEvents, asNdjson, begun } from './streams.ts'

export interface ControlOptions extends GuardOptions {
  /** How everything is done in this world. With the deeds about worlds, this is the mock's root. */
  deeds: Deeds
  log: Log
  /** Aborted when the mock closes: whoever waits or listens is let go. */
  closing?: AbortSignal
}

/** Answers everything at and below `<path of the issuer>/_mock`. */
export function createControl(options: ControlOptions): RequestListener {
  const { issuer } = options
  const base = `${new URL(issuer).pathname.replace(/\/$/, '')}/_mock`
  const guard = createGuard(options)
  const app = new Koa()
  app.silent = true
  app.use(async (ctx) => {
    ctx.respond = false
    ctx.set(standardHeaders())
    const path = ctx.path.slice(base.length)
    try {
      guard(ctx.headers)
      await answer(options, ctx, path)
    } catch (error) {
      sendError(options, ctx, error, path)
    }
  })
  const listener = app.callback()
  return (request, response) => void listener(request, response)
}

async function answer(options: ControlOptions, ctx: Koa.Context, path: string): Promise<void> {
  const { deeds, issuer, isOpen } = options
  const isRoot = deeds['worlds.create'] !== undefined
  if (ctx.method === 'GET' && (path === '' || path === '/'))
    return sendJson(ctx.res, 200, indexOf({ issuer, isRoot }), 2)
  if (ctx.method === 'GET' && path === '/openapi.json')
    return sendJson(ctx.res, 200, openApiDocument({ issuer, isRoot, isOpen }))
  const route = findRoute(ctx.method, path, isRoot)
  ctx.state['asked'] = route.operation.name
  const input = readInput(route.operation, await readRequest(ctx, route))
  await doAndReply(options, ctx, route.operation, input)
}

type AnyDeed = (input: unknown, context: DeedContext) => unknown

async function doAndReply(
  { deeds, closing }: ControlOptions,
  ctx: Koa.Context,
  operation: Operation,
  input: unknown,
): Promise<void> {
  const { name, reply, status } = operation
  const end = new AbortController()
  const waiting = closing && whoWaits(closing)
  waiting?.add(end)
  ctx.res.once('close', () => {
    waiting?.delete(end)
    end.abort()
  })
  if (waits(operation)) endOnHangUp(ctx.req, ctx.res)
  if (closing?.aborted === true) end.abort(mockCloses())
  const { signal } = end
  const deed = deeds[name] as AnyDeed
  const done = await orEnd(Promise.resolve(deed(input, { signal })), signal)
  if (reply === 'none') ctx.res.writeHead(status).end()
  else if (reply === 'json') sendJson(ctx.res, status, done)
  else if (reply === 'sse')
    await sendStream(ctx.res, 'text/event-stream', asEvents(done as AsyncIterable<unknown>, signal))
  else
    await sendStream(
      ctx.res,
      'application/x-ndjson',
      asNdjson(await begun(done as AsyncIterable<unknown>)),
    )
}

const waitingFor = new WeakMap<AbortSignal, Set<AbortController>>()

/** All who are let go when a mock closes: one listener, however many worlds and requests it has. */
function whoWaits(closing: AbortSignal): Set<AbortController> {
  const known = waitingFor.get(closing)
  if (known) return known
  const waiting = new Set<AbortController>()
  waitingFor.set(closing, waiting)
  const letGo = () => waiting.forEach((end) => end.abort(mockCloses()))
  closing.addEventListener('abort', letGo, { once: true })
  return waiting
}

/** What comes of a promise, unless something else ends before. */
async function orEnd<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {}
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
  try {
    return await Promise.race([promise, ended])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const mockCloses = () =>
  new ControlRefused({
    code: 'ERR_MOCK_CLOSING',
    detail: 'the mock closes. Start it again, or call another.',
  })

function sendError({ log }: ControlOptions, ctx: Koa.Context, error: unknown, path: string): void {
  const { method, res } = ctx
  const isGone = res.destroyed && !res.headersSent
  if (isGone || isBrokenConnection(error) || (error as Error).name === 'AbortError') return
  const refused = refusalOf(error, String(ctx.state['asked'] ?? `${method} /_mock${path}`))
  const isOurFault = refused.status >= 500 && refused.status !== 503
  if (isOurFault) log({ event: 'server-error', where: `${method} ${ctx.path}`, error })
  if (res.headersSent) res.destroy()
  else sendRefusal(res, refused)
}
