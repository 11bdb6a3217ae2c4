import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  ControlRefused,
  createMocksDoor,
  type Caller,
  type MockWorlds,
  type OperationName,
} from '../../src/control/index.ts'
import { allOperations, operations } from '../../src/control/operations.ts'
import { travelOf, type Operation } from '../../src/control/operations/operation.ts'
import { PersonNotFound } from '../../src/accounts/index.ts'
import { StoreUnavailable } from '../../src/kernel/index.ts'
import { serveControl } from './support/control-server.ts'
import { methods } from './support/methods.ts'
import { inputs, outputs } from './support/samples.ts'

const names = Object.keys(operations) as OperationName[]
const isStream = ({ reply }: Operation) => reply === 'ndjson' || reply === 'sse'

/** The whole answer, whichever way it comes. */
async function answerTo(caller: Caller, name: OperationName, input: object): Promise<unknown> {
  if (!isStream(operations[name])) return caller.call(name as never, input as never)
  const items: unknown[] = []
  for await (const item of caller.stream(name as never, input as never)) items.push(item)
  return items
}

const refusalTo = (caller: Caller, name: OperationName, input: object) =>
  answerTo(caller, name, input).then(
    () => {
      throw new Error(`${name} was not refused`)
    },
    (error: unknown) => error,
  )

describe('the doors', () => {
  test.each([
    ['sessions.sendLogoutToken', { session: '\ud800' }, ['session']],
    ['people.get', { person: 'a\udc00' }, ['person']],
    ['people.list', { after: '\ud800' }, ['after']],
    ['people.create', { wishes: { name: 'An \ud83d' } }, ['name']],
    ['clients.register', { metadata: { contacts: ['a', '\ud800'] } }, ['contacts', 1]],
    ['signIn', { as: 'an', parameters: { '\ud800': 'x' } }, ['parameters', '\ud800']],
  ] as const)('refuse alike what is no text: %s', async (name, input, path) => {
    const { callers } = await serveControl()

    for (const door of ['in process', 'over HTTP'] as const)
      expect(await refusalTo(callers[door], name, input)).toMatchObject({
        code: 'ERR_REQUEST_INVALID',
        problems: [{ path, message: expect.stringContaining('whole characters') as string }],
      })
  })

  test('have a method for each operation, and none besides', () => {
    const door = createMocksDoor({} as Caller, {
      name: 'default',
      issuer: 'http://localhost',
      callerOf: () => ({}) as Caller,
    })
    const renamed: Record<string, string> = { world: 'worlds.create' }

    expect(methodsOf(door).map((name) => renamed[name] ?? name)).toEqual(names.toSorted())
  })

  test.each(names)('ask for %s with every option of it', async (name) => {
    const asked: unknown[] = []
    const item = { ...outputs.describe }
    const caller = {
      call: async (...[name, input]: unknown[]) => {
        asked.push([name, input])
        return item
      },
      stream: (...[name, input]: unknown[]) => {
        asked.push([name, input])
        return []
      },
    } as unknown as Caller
    const door = createMocksDoor(caller, { ...item, callerOf: () => caller })

    await methods[name](door, inputs)

    expect(asked).toEqual([[name, inputs[name]]])
  })

  test.each(names)('give the same for %s, and ask the same', async (name) => {
    const { callers, asked } = await serveControl()
    const expected = isStream(operations[name])
      ? [outputs[name], outputs[name], outputs[name]]
      : outputs[name]

    const near = await answerTo(callers['in process'], name, inputs[name])
    const far = await answerTo(callers['over HTTP'], name, inputs[name])

    expect(near).toStrictEqual(expected)
    expect(far).toStrictEqual(expected)
    expect(asked).toStrictEqual([
      { name, input: inputs[name] },
      { name, input: inputs[name] },
    ])
  })

  test('give copies', async () => {
    const { callers } = await serveControl()

    const person = await callers['in process'].call('people.get', { person: 'an' })
    person.account.level = 1

    expect(outputs['people.get'].account.level).toBe(2)
  })
})

const wrong: [why: string, name: OperationName, input: object][] = [
  ['an option that is not known', 'signIn', { as: 'an', cleint: 'rp' }],
  ['an option that is missing', 'signIn', {}],
  ['several mistakes', 'worlds.create', { name: 'Two Words', idleSeconds: 0, stamps: 'fake' }],
  ['a wish that is not known', 'people.create', { wishes: { brithDate: '1990' } }],
  ['a wish that cannot be', 'people.change', { person: 'an', wishes: { level: 3 } }],
  ['metadata that cannot be', 'clients.register', { metadata: { redirect_uris: ['/cb'] } }],
  ['a filter that is not known', 'journal.list', { endpont: 'token' }],
  ['a filter that is nothing', 'signIns.list', { client: '' }],
  ['a limit beyond the limit', 'people.list', { limit: 5000 }],
  ['a search for nobody', 'people.search', { criteria: { provinec: 'Huế' } }],
  ['ages that cannot be', 'people.random', { criteria: { age: { from: 9, to: 8 } } }],
  ['a step that is none', 'signIns.list', { step: 'pascode' }],
  ['an answer to no step', 'signIns.answer', { signIn: 's', answer: { step: 'face', as: 'an' } }],
  ['an id that is a dot', 'people.get', { person: '..' }],
  ['an id that is nothing', 'people.remove', { person: '' }],
  ['a moment that is none', 'clock.set', { to: '2026-02-30' }],
  ['a duration that is none', 'clock.advance', { by: '3 weeks' }],
  ['patience without end', 'journal.take', { timeoutSeconds: 121 }],
  ['too many tokens', 'tokens.mintMany', { as: 'an', count: 10_001 }],
]

describe('a refusal', () => {
  test.each(wrong)('is the same at both doors for %s', async (_, name, input) => {
    const { callers, asked } = await serveControl()

    const near = await refusalTo(callers['in process'], name, input)
    const far = await refusalTo(callers['over HTTP'], name, input)

    expect(near).toBeInstanceOf(ControlRefused)
    expect(seen(far)).toStrictEqual(seen(near))
    expect(near).toMatchObject({ code: 'ERR_REQUEST_INVALID', status: 400 })
    expect((near as ControlRefused).problems.length).toBeGreaterThan(0)
    expect(asked).toEqual([])
  })

  test('names all that is wrong, and the option that was meant', async () => {
    const { callers } = await serveControl()

    const refused = await refusalTo(callers['over HTTP'], 'signIn', {
      cleint: 'rp',
      returns: 'all',
    })

    expect(refused).toMatchObject({
      message: [
        'signIn was not done (3 problems):',
        '  as is missing',
        '  returns must be one of code, tokens, got "all"',
        '  "cleint" is not an option. Did you mean "client"?',
      ].join('\n'),
      problems: [{ path: ['as'] }, { path: ['returns'] }, { path: ['cleint'] }],
    })
  })

  const thrown: [what: string, error: Error, seen: object][] = [
    [
      'somebody who is not there',
      new PersonNotFound('child13', 'child-13'),
      { code: 'ERR_PERSON_NOT_FOUND', status: 404, person: 'child13', nearest: 'child-13' },
    ],
    [
      'a sign-in that the relying party hears of',
      new ControlRefused({
        code: 'ERR_SIGN_IN_REFUSED',
        detail: 'the sign-in was refused.',
        fields: { error: 'access_denied', errorDescription: 'expired: …', journal: [] },
      }),
      { status: 422, error: 'access_denied', errorDescription: 'expired: …', journal: [] },
    ],
    [
      'a store out of reach',
      new StoreUnavailable('localhost:1', new Error('refused'), 'ECONNREFUSED'),
      { code: 'ERR_STORE_UNAVAILABLE', status: 503 },
    ],
    [
      'a mistake of the mock',
      new TypeError('secret is not a function'),
      {
        code: 'ERR_SERVER_FAILED',
        status: 500,
        message: 'the mock failed at people.get, which is a mistake of its own. Its log says more.',
      },
    ],
  ]

  test.each(thrown)('by the deed is the same at both doors: %s', async (_, error, expected) => {
    const { callers } = await serveControl({
      changed: { 'people.get': () => Promise.reject(error) },
    })

    const near = await refusalTo(callers['in process'], 'people.get', { person: 'an' })
    const far = await refusalTo(callers['over HTTP'], 'people.get', { person: 'an' })

    expect(near).toMatchObject(expected)
    expect(far).toMatchObject(expected)
    expect(seen(far)).toStrictEqual(seen(near))
  })

  test('of a stream is the same at both doors', async () => {
    const { callers } = await serveControl({
      changed: {
        // oxlint-disable-next-line require-yield -- a stream that fails before its first item has none
        'tokens.mintMany': async function* () {
          throw new PersonNotFound('an')
        },
      },
    })
    const input = { as: 'an', count: 2 }

    const near = await refusalTo(callers['in process'], 'tokens.mintMany', input)
    const far = await refusalTo(callers['over HTTP'], 'tokens.mintMany', input)

    expect(near).toMatchObject({ code: 'ERR_PERSON_NOT_FOUND', status: 404 })
    expect(seen(far)).toStrictEqual(seen(near))
  })
})

describe('the table', () => {
  test.each(names)('has a schema of what %s gives that fits', (name) => {
    const { output } = operations[name]

    const read = (output ?? z.void()).safeParse(outputs[name])

    expect(read).toEqual({ success: true, data: outputs[name] })
  })

  test.each(names)('has an example of every option of %s', (name) => {
    expect(Object.keys(inputs[name]).toSorted()).toEqual(
      Object.keys(operations[name].fields).toSorted(),
    )
  })

  test('lets every field of a path be one of the input', () => {
    for (const operation of allOperations)
      expect(Object.keys(operation.fields)).toEqual(
        expect.arrayContaining([...travelOf(operation).path]),
      )
  })

  test('has no two operations in one place', () => {
    const places = allOperations.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
    )

    expect(new Set(places).size).toBe(places.length)
  })
})

/** What a program sees of a refusal. */
function seen(error: unknown): object {
  const { code, status, message, problems, fields } = error as ControlRefused
  return { code, status, message, problems: JSON.parse(JSON.stringify(problems)), fields }
}

function methodsOf(door: MockWorlds): string[] {
  const visit = (part: object, before: string): string[] =>
    Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
      if (typeof value === 'function') return [`${before}${key}`]
      return typeof value === 'object' && value !== null ? visit(value, `${before}${key}.`) : []
    })
  return visit(door, '').toSorted()
}
