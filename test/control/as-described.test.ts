import { describe, expect, test } from 'vitest'
import { connectMockVneid } from '../../src/control/index.ts'
import { readEvents, readNdjson } from '../../src/control/callers/lines.ts'
import { allOperations, operations } from '../../src/control/operations.ts'
import type { Operation } from '../../src/control/operations/operation.ts'
import { findRoute } from '../../src/control/http/routes.ts'
import { Citizen } from '../support/citizen.ts'
import { startMock } from '../support/mock.ts'
import {
  bodyProblems,
  problemProblems,
  replyProblems,
  requestProblems,
} from './support/described.ts'
import { inputs, outputs } from './support/samples.ts'

const types = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sse: 'text/event-stream',
  none: '',
} as const

describe.each(allOperations.map((operation) => [operation.name, operation] as const))(
  '%s, with all that it takes,',
  (name, operation) => {
    const input = JSON.parse(JSON.stringify(inputs[name])) as Record<string, unknown>

    test('is as the OpenAPI document describes it', () => {
      expect(requestProblems(operation, input)).toEqual([])
    })
  },
)

const withReply = allOperations.filter(({ reply }) => reply !== 'none')

describe.each(withReply.map((operation) => [operation.name, operation] as const))(
  'what %s gives',
  (name, operation) => {
    test('is as the OpenAPI document describes it', () => {
      expect(replyProblems(operation, types[operation.reply], outputs[name])).toEqual([])
    })

    test('is nothing that the OpenAPI document does not describe', () => {
      const { [name]: output } = outputs
      const more = (one: unknown) => ({ ...(one as object), unheardOf: true })
      const odd = Array.isArray(output) ? output.map(more) : more(output)

      expect(replyProblems(operation, types[operation.reply], odd)).not.toEqual([])
    })
  },
)

test.each([
  ['people.create', { age: 'old' }],
  ['people.create', { levle: 2 }],
  ['signIns.answer', { step: 'identify', number: 5 }],
  ['clients.register', { redirect_uris: 'http://localhost/cb' }],
] as const)('%s does not take %j, as the OpenAPI document says', (name, body) => {
  expect(bodyProblems(operations[name] as unknown as Operation, body)).not.toEqual([])
})

/** What was said at a mock's control, in both directions, and what of it was not described. */
function listening() {
  const met = new Set<string>()
  const problems: unknown[] = []
  const check = (name: string, found: readonly string[]) => {
    met.add(name)
    if (found.length > 0) problems.push({ [name]: found })
  }
  const checkReply = async (operation: Operation, reply: Response) => {
    const [type = ''] = (reply.headers.get('content-type') ?? '').split(';')
    if (!reply.ok) return check(operation.name, problemProblems(await reply.json()))
    if (operation.reply === 'none') return check(operation.name, [])
    if (operation.reply === 'json')
      return check(operation.name, replyProblems(operation, type, await reply.json()))
    const read = operation.reply === 'sse' ? readEvents : readNdjson
    for await (const item of read(reply.body as unknown as AsyncIterable<Uint8Array>))
      check(operation.name, replyProblems(operation, type, item))
  }
  const heard: Promise<void>[] = []
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    const path = new URL(url).pathname.replace(/^.*?\/_mock/, '')
    const { operation } = findRoute(init.method ?? 'GET', path, true)
    if (typeof init.body === 'string')
      check(operation.name, bodyProblems(operation, JSON.parse(init.body)))
    const reply = await globalThis.fetch(url, init)
    // A stream ends when nobody wants it any more.
    heard.push(checkReply(operation, reply.clone()).catch(() => {}))
    return reply
  }
  return { met, problems, fetch, heard }
}

test('everything that a mock says and is told is as the OpenAPI document describes it', async () => {
  const { issuer } = await startMock()
  const { met, problems, fetch, heard } = listening()
  const mock = await connectMockVneid(issuer, { fetch })
  const world = await mock.world({ name: 'described', seed: 'described', at: '2026-05-17' })
  await mock.worlds.list()
  await mock.worlds.get('described')
  await world.describe()
  const end = new AbortController()
  const events = world.events({ signal: end.signal })[Symbol.asyncIterator]()
  const happening = events.next()

  const person = await world.people.create({ age: 34, level: 2 })
  await world.people.get('child-13')
  await world.people.list({ limit: 1000 })
  await world.people.search({ age: { from: 6, to: 13 }, hasChildren: false }, { limit: 50 })
  await world.people.random({ kind: 'foreigner' }, 'seed')
  await world.people.change(person, { phone: null, level: 1 })
  const redirectUri = 'http://localhost:8080/cb'
  const client = await world.clients.register({ redirect_uris: [redirectUri] })
  await world.clients.get(client)
  await world.clients.list()
  await world.clients.change(client, {
    client_name: 'Cổng dịch vụ',
    post_logout_redirect_uris: null,
  })

  const signedIn = await world.signIn({ as: 'guardian-of-two', role: 'child-13', client })
  await world.signIn({ as: 'adult-level-2', cookies: signedIn.cookies, returns: 'code' })
  await world.signIn({ as: 'company-representative', role: 'example-company' })
  await expect(world.signIn({ as: 'locked' })).rejects.toThrow('account_locked')
  await world.signIns.next({ as: 'adult-level-2' })
  await world.signIn({ as: 'adult-level-2' })
  const query = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
  })
  await fetchOnce(`${world.issuer}/auth?${query.toString()}`)
  await new Citizen({ issuer }).open(`${world.issuer}/auth?${query.toString()}`)
  const begun = await world.signIns.wait({ step: 'identify' })
  await world.signIns.get(begun)
  const { number, account } = await world.people.get('child-13')
  const { password } = account
  await world.signIns.answer(begun, { step: 'identify', number, password })
  await world.messages.list({ signIn: begun })
  await world.messages.take({ signIn: begun })
  await world.signIns.answer(begun, { as: 'child-13' })
  await world.signIns.list()

  await world.faults.arm({ fault: 'status', endpoint: 'token', client })
  const [armed] = await world.faults.list()
  await world.faults.disarm(armed!.id)
  const [session] = await world.sessions.list()
  await world.sessions.sendLogoutToken({ session: session!.id })
  await world.sessions.end({ session: session!.id })
  await world.tokens.mint({ as: 'child-13', client })
  for await (const _ of world.tokens.mintMany({ as: 'child-13', client, count: 3 }));
  await world.journal.list()
  await world.journal.take({ endpoint: 'token' })
  await happening
  end.abort()
  await world.keys.list()
  const { kid } = await world.keys.add({ alg: 'ES256' })
  await world.keys.switch(kid)
  await world.keys.add({ alg: 'ES256' })
  await world.keys.retire(kid)
  await world.clock.read()
  await world.clock.freeze()
  await world.clock.set({ to: '2027-01-01' })
  await world.clock.advance({ by: '2h' })
  await world.clock.thaw()
  await world.expire('access token')
  await world.restore(await world.snapshot())
  await world.journal.clear()
  await world.people.remove(person)
  await world.clients.remove(client)
  await world.reset()
  await world.end()
  await mock.world({ name: 'another' })
  await mock.worlds.end('another')
  await Promise.all(heard)

  expect(problems).toEqual([])
  expect([...met].toSorted()).toEqual(allOperations.map(({ name }) => name).toSorted())
})

/** A request that nobody follows up. */
const fetchOnce = (url: string) => fetch(url, { redirect: 'manual' }).then((reply) => reply.text())
