import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statusOf } from '../../src/control/refused.ts'
import { startMockVneid, type RunningMock } from '../../src/index.ts'
import type { ErrorCode } from '../../src/kernel/index.ts'
import { blocksOf, codesIn, readText, tableOf } from '../support/markdown.ts'
import { dataFolder } from '../support/mock.ts'

const guide = readText('docs/control-api.md')
const blocks = blocksOf(guide)
const isWalk = ({ language, text }: { language: string; text: string }) =>
  language === 'sh' && text.includes('curl ')

/** What the walk answers: block after block in one shell, whose variables go on. */
let answers: Map<string, string>
let mock: RunningMock

beforeAll(async () => {
  mock = await startMockVneid({ dataFolder })
  const walk = blocks.filter(isWalk).map(({ text }) => text)
  const script = walk.join('\necho; echo =====\n').replaceAll('http://localhost:3006', mock.issuer)
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script])
  const parts = stdout.split('\n=====\n')
  answers = new Map(walk.map((text, index) => [text, parts[index]!.trim()]))
})
afterAll(() => mock?.close())

/** The answer to the block that has these words in it. */
function answerTo(words: string): string {
  const found = [...answers].filter(([text]) => text.includes(words))
  expect(found.map(([text]) => text)).toHaveLength(1)
  return found[0]![1]
}

describe('the walk of docs/control-api.md', () => {
  test('begins as everything does, and goes on with curl alone', () => {
    const shell = blocks.filter(({ language }) => language === 'sh')

    expect(shell[0]!.text).toBe('npm start\n')
    expect(shell.filter((block) => !isWalk(block))).toHaveLength(1)
    for (const { text } of shell.slice(1))
      expect(text).toMatch(/^(?:(?:[A-Z]+=\S+|curl -si? .+)\n)+$/)
  })

  const shown = blocks.flatMap(({ language, text }, index) =>
    language === 'json' ? [{ asked: blocks[index - 1]!.text, text }] : [],
  )

  test.each(shown)('answers in the form that is shown: $asked', ({ asked, text }) => {
    expect(formOf(JSON.parse(answers.get(asked)!))).toEqual(formOf(JSON.parse(text)))
  })

  test('shows a refusal word by word', () => {
    const [refusal] = shown.filter(({ text }) => text.includes('"title"'))

    expect(JSON.parse(answers.get(refusal!.asked)!)).toEqual(JSON.parse(refusal!.text))
  })

  test('makes a child, who has a parent or guardian', () => {
    const [made, read] = answerTo('people/an').split('\n')

    expect(JSON.parse(made!)).toMatchObject({
      id: 'an',
      age: 13,
      guardianIds: [expect.any(String)],
    })
    expect(read).toBe(made)
  })

  test('brings the next sign-in back to the portal, without a page', () => {
    expect(answerTo('sign-ins/next')).toMatch(
      /^HTTP\/1\.1 303[^]*^Location: http:\/\/localhost:8080\/cb\?code=[^&]+&state=xyz/m,
    )
  })

  test('signs in in one call', () => {
    expect(JSON.parse(answerTo('openid vneid'))).toMatchObject({
      idToken: expect.stringContaining('.'),
      claims: { iss: `${mock.issuer}/w/my-test`, account_level: 2 },
      cookies: expect.arrayContaining([expect.objectContaining({ domain: 'localhost' })]),
    })
  })

  test('makes everybody’s session too old by the clock', () => {
    const [clock, sessions] = answerTo('clock/advance').split('\n')

    const { aheadMs } = JSON.parse(clock!) as { aheadMs: number }

    expect(aheadMs / (24 * 60 * 60 * 1000)).toBeCloseTo(2, 4)
    expect(sessions).toBe('[]')
  })

  test('ends the world', async () => {
    expect(answerTo('DELETE')).toBe('')
    expect((await mock.worlds.list()).map(({ name }) => name)).toEqual(['default'])
  })

  test('hears why a sign-in was refused', () => {
    expect(JSON.parse(answerTo('"as": "locked"'))).toMatchObject({
      status: 422,
      code: 'ERR_SIGN_IN_REFUSED',
      error: 'access_denied',
      journal: expect.arrayContaining([
        expect.objectContaining({ why: expect.objectContaining({ source: expect.any(String) }) }),
      ]),
    })
  })

  test('leads to all operations', () => {
    expect(answerTo('openapi.json')).toContain('"operations": [')
    expect(answerTo('openapi.json')).toContain('"openapi":"3.1')
  })
})

test('the statuses of docs/control-api.md are those of the codes', () => {
  const rows = tableOf(guide, 'status', 'when', '`code`')
  const told = rows.flatMap(([status, , codes]) =>
    codesIn(codes!).map((code) => [code, Number(status)] as const),
  )

  expect(told.length).toBeGreaterThan(15)
  expect(told).toEqual(
    told.map(([code]) => [code, statusOf(code.replace('…', 'WORLD') as ErrorCode)]),
  )
})

/** An answer without its values: which keys there are, and of what kind each is. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(formOf)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, formOf(one)]))
}
