import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { StoreUnavailable } from '../../src/kernel/index.ts'
import { ask, json } from './support/ask.ts'
import { fakeDeeds, serveControl, withoutWorlds } from './support/control-server.ts'
import { person } from './support/samples.ts'

describe('a request to the control', () => {
  test('is answered with the version, and not to be kept', async () => {
    const { issuer } = await serveControl()

    const replies = await Promise.all(
      ['/people', '/nowhere', ''].map((path) => ask(`${issuer}/_mock${path}`)),
    )

    for (const { headers } of replies)
      expect(headers).toMatchObject({
        'x-mock-vneid': manifest.version,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
  })

  test('creates, gives, and takes away with the statuses that say so', async () => {
    const { issuer } = await serveControl()
    const people = `${issuer}/_mock/people`

    expect(await ask(people, json({ id: 'an' }))).toMatchObject({ status: 201, json: person })
    expect(await ask(`${people}/an`)).toMatchObject({ status: 200, json: person })
    expect(await ask(`${people}/an`, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' })
  })

  test('needs no body where nothing is needed', async () => {
    const { issuer, asked } = await serveControl()

    const reply = await ask(`${issuer}/_mock/people`, { method: 'POST' })

    expect(reply.status).toBe(201)
    expect(asked).toEqual([{ name: 'people.create', input: { wishes: {} } }])
  })

  test('may be packed', async () => {
    const { issuer, asked } = await serveControl()

    const reply = await ask(`${issuer}/_mock/clock/advance`, {
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: gzipSync('{"by":"3d"}'),
    })

    expect(reply.status).toBe(200)
    expect(asked).toEqual([{ name: 'clock.advance', input: { by: '3d' } }])
  })

  test('below the path of its world asks that world', async () => {
    const { issuer } = await serveControl({ path: '/w/my-test' })

    const reply = await ask(`${issuer}/_mock/people/an`)

    expect(reply.status).toBe(200)
  })

  test('lets numbers and yes or no be in a query', async () => {
    const { issuer, asked } = await serveControl()

    await ask(`${issuer}/_mock/journal?isOk=false&limit=3&person=003090000001`)

    expect(asked).toEqual([
      { name: 'journal.list', input: { isOk: false, limit: 3, person: '003090000001' } },
    ])
  })
})

describe('a request that cannot be', () => {
  const refusals: [what: string, path: string, asking: Parameters<typeof ask>[1], seen: object][] =
    [
      [
        'an unknown path',
        '/poeple/child-13',
        {},
        {
          status: 404,
          code: 'ERR_OPERATION_NOT_FOUND',
          detail:
            '"/_mock/poeple/child-13" is no operation. Did you mean "/_mock/people/{person}"? GET /_mock lists them.',
          nearest: '/_mock/people/{person}',
        },
      ],
      [
        'a path that is like nothing',
        '/a/b/c/d/e/f',
        {},
        {
          status: 404,
          code: 'ERR_OPERATION_NOT_FOUND',
          detail: '"/_mock/a/b/c/d/e/f" is no operation. GET /_mock lists them.',
        },
      ],
      [
        'a method that is not there',
        '/people',
        { method: 'DELETE' },
        {
          status: 405,
          code: 'ERR_METHOD_NOT_ALLOWED',
          detail:
            'DELETE is not what "/_mock/people" takes. It takes POST (people.create), GET (people.list).',
          allow: ['POST', 'GET'],
        },
      ],
      [
        'the waiting for a sign-in by GET, which is no sign-in called "wait"',
        '/sign-ins/wait',
        {},
        { status: 405, allow: ['POST'] },
      ],
      [
        'a body that is not JSON',
        '/people',
        json('{\n  "name": "An",\n}'),
        {
          status: 400,
          code: 'ERR_REQUEST_INVALID',
          detail: expect.stringMatching(
            /^people\.create was not done: the body is not JSON: .*\(line 3,? column 1\)\.$/,
          ) as unknown,
        },
      ],
      [
        'a body that is nested without end',
        '/worlds',
        json(`{"keys":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
        {
          status: 400,
          code: 'ERR_REQUEST_INVALID',
          detail: expect.stringContaining('deeper than 64 levels') as unknown,
        },
      ],
      [
        'a body that would be everybody’s',
        '/people',
        json('{"__proto__":{"level":2}}'),
        { status: 400, code: 'ERR_REQUEST_INVALID' },
      ],
      [
        'a body that is no object',
        '/clock/advance',
        json('["3d"]'),
        {
          status: 400,
          detail: 'clock.advance was not done: the body must be an object.',
        },
      ],
      [
        'a body that does not say what it is',
        '/clock/advance',
        { method: 'POST', body: '{"by":"3d"}' },
        {
          status: 415,
          code: 'ERR_MEDIA_TYPE_WRONG',
          detail:
            'the body must be JSON, and say so with "Content-Type: application/json", got none.',
        },
      ],
      [
        'a body that is too long',
        '/people',
        json({ name: 'x'.repeat(256 * 1024) }),
        { status: 413, code: 'ERR_TOO_LARGE' },
      ],
      [
        'a body that is packed wrongly',
        '/people',
        { headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, body: '{}' },
        { status: 400, code: 'ERR_REQUEST_INVALID' },
      ],
      [
        'a body that is packed as nobody packs',
        '/people',
        { headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'zip' }, body: '{}' },
        { status: 415, code: 'ERR_MEDIA_TYPE_WRONG' },
      ],
      [
        'a body where everything is in the path',
        '/people/an',
        { method: 'DELETE', headers: { 'Content-Length': '2' }, body: '{}' },
        { status: 400, code: 'ERR_REQUEST_INVALID' },
      ],
      [
        'a filter that is not known',
        '/journal?endpont=token',
        {},
        {
          status: 400,
          detail: 'journal.list was not done: "endpont" is not an option. Did you mean "endpoint"?',
          problems: [
            { path: ['endpont'], message: '"endpont" is not an option. Did you mean "endpoint"?' },
          ],
        },
      ],
      [
        'a filter given twice',
        '/journal?endpoint=token&endpoint=auth',
        {},
        { status: 400, problems: [{ path: ['endpoint'], message: 'is given more than once' }] },
      ],
      [
        'a number that is none',
        '/journal?limit=ten',
        {},
        {
          status: 400,
          problems: [{ path: ['limit'], message: 'must be a number, got "ten"' }],
        },
      ],
      [
        'an option in the query that belongs in the body',
        '/clock/advance?by=3d',
        { method: 'POST' },
        {
          status: 400,
          problems: [{ path: ['by'], message: 'belongs in the body, not in the query' }],
        },
      ],
    ]

  test.each(refusals)('is refused with a problem: %s', async (_, path, asking, seen) => {
    const { issuer, asked, logged } = await serveControl()

    const reply = await ask(`${issuer}/_mock${path}`, asking)

    expect(reply.headers['content-type']).toBe('application/problem+json')
    expect(reply.json).toMatchObject(seen)
    expect(reply.json['status']).toBe(reply.status)
    expect(reply.json).toMatchObject({
      type: expect.stringMatching(/^urn:mock-vneid:problem:[a-z-]+$/) as unknown,
      title: expect.stringMatching(/^[A-Z][a-z ]+$/) as unknown,
    })
    expect(asked).toEqual([])
    expect(logged).toEqual([])
  })

  test('says in the header which methods there are', async () => {
    const { issuer } = await serveControl()

    const reply = await ask(`${issuer}/_mock/people`, { method: 'PUT' })

    expect(reply.headers.allow).toBe('POST, GET')
  })

  test('about worlds is told where to ask, by a world beside the root', async () => {
    const deeds = withoutWorlds(fakeDeeds())
    const { issuer } = await serveControl({ deeds, path: '/w/my-test' })

    const reply = await ask(`${issuer}/_mock/worlds`)

    expect(reply).toMatchObject({
      status: 404,
      json: {
        code: 'ERR_OPERATION_NOT_FOUND',
        detail:
          "worlds.list (GET /worlds) belongs to the mock, and not to one of its worlds. Ask the default world, at the server's root.",
      },
    })
  })
})

describe('a deed that fails', () => {
  test('is logged whole, and told without a word of how', async () => {
    const error = new TypeError('cannot read "password" of undefined')
    const { issuer, logged } = await serveControl({
      changed: { 'people.get': () => Promise.reject(error) },
    })

    const reply = await ask(`${issuer}/_mock/people/an`)

    expect(reply).toMatchObject({
      status: 500,
      json: {
        code: 'ERR_SERVER_FAILED',
        detail: 'the mock failed at people.get, which is a mistake of its own. Its log says more.',
      },
    })
    expect(reply.text).not.toContain('password')
    expect(logged).toEqual([{ event: 'server-error', where: 'GET /_mock/people/an', error }])
  })

  test('for want of the store may be asked for again', async () => {
    const gone = new StoreUnavailable('localhost:6379', new Error('no'), 'ECONNREFUSED')
    const { issuer, logged } = await serveControl({
      changed: { 'people.get': () => Promise.reject(gone) },
    })

    const reply = await ask(`${issuer}/_mock/people/an`)

    expect(reply).toMatchObject({
      status: 503,
      headers: { 'retry-after': '2' },
      json: { code: 'ERR_STORE_UNAVAILABLE', detail: gone.message },
    })
    expect(logged).toEqual([])
  })

  test('does not trouble the next request', async () => {
    const { issuer } = await serveControl({
      changed: { 'people.get': () => Promise.reject(new Error('no')) },
    })

    await ask(`${issuer}/_mock/people/an`)

    expect((await ask(`${issuer}/_mock/people`)).status).toBe(200)
  })
})

describe('the index', () => {
  test('lists what can be done, and where the OpenAPI document is', async () => {
    const { issuer } = await serveControl()

    const { status, json } = await ask(`${issuer}/_mock`)

    expect(status).toBe(200)
    expect(json).toMatchObject({ name: 'mock-vneid', openapi: `${issuer}/_mock/openapi.json` })
    expect(json['operations']).toContainEqual({
      name: 'clock.advance',
      at: `POST ${issuer}/_mock/clock/advance`,
      summary: 'Puts the clock forward.',
    })
    expect((await ask(`${issuer}/_mock/`)).json).toEqual(json)
  })
})
