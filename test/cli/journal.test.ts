import { describe, expect, test } from 'vitest'
import { journalLine } from '../../src/cli/journal-line.ts'
import type { JournalEntry } from '../../src/index.ts'
import { startMock } from '../support/mock.ts'
import { Program } from './program.ts'
import { runHere } from './run-here.ts'

const entriesIn = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalEntry)

describe('mock-vneid journal', () => {
  test('prints a line an entry, of whoever is asked for', async () => {
    const { issuer, ...mock } = await startMock()
    await mock.signIn({ as: 'child-13' })
    const { number } = await mock.people.get('adult-level-2')
    await mock.signIn({ as: 'adult-level-2' })

    const { code, out, err } = await runHere(['journal', '--person', number, '--url', issuer])

    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n').map((line) => line.slice('2027-01-01T00:00:00+07:00  '.length))).toEqual(
      [
        expect.stringMatching(/^sign-in {8}adult-level-2 at test-rp {2}approved: .* \(.*§.*\)$/),
        expect.stringMatching(
          /^authorization {2}adult-level-2 at test-rp {2}code issued: .* \(.*§.*\)$/,
        ),
        expect.stringMatching(
          /^token {10}adult-level-2 at test-rp {2}tokens issued: .* \(.*§.*\)$/,
        ),
        expect.stringMatching(
          /^userinfo {7}adult-level-2 at test-rp {2}claims given: .* \(.*§.*\)$/,
        ),
        '',
      ],
    )
  })

  test('goes on with what happens afterwards, until Ctrl-C', async () => {
    const { issuer, ...mock } = await startMock()
    const world = await mock.world({ name: 'mine' })
    await world.signIn({ as: 'child-13' })
    await world.signIn({ as: 'child-13' })
    const narrowed = ['--client', 'test-rp', '--person', 'child-13', '--endpoint', 'token']
    const there = ['--url', issuer, '--world', 'mine', '--limit', '1', '--json']
    const program = new Program(['journal', '--follow', ...narrowed, ...there])
    await program.says(/\n/)

    await world.signIn({ as: 'adult-level-2' })
    const { signInId } = await world.signIn({ as: 'child-13' })
    await program.says(/\n[^]*\n/)
    const { code, out, err } = await program.stop('SIGINT')

    const entries = entriesIn(out)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(entries).toMatchObject([{ personId: 'child-13' }, { personId: 'child-13', signInId }])
    expect(entries.every(({ endpoint }) => endpoint === 'token')).toBe(true)
  })

  test('says when there is nothing more to follow', async () => {
    const { issuer, ...mock } = await startMock()
    await mock.signIn({ as: 'child-13' })
    const program = new Program(['journal', '--follow', '--url', issuer])
    await program.says(/claims given.*\n/)

    await mock.close()

    const { code, err } = await program.ended()
    expect({ code, err }).toEqual({
      code: 1,
      err: `${issuer} is gone: the mock was stopped, or its world ended. Start it, and follow again.\n`,
    })
  })

  test('refuses to follow somebody whom nobody knows', async () => {
    const { issuer } = await startMock()

    const { code, out, err } = await runHere([
      'journal',
      '--follow',
      '--person',
      'chlid-13',
      '--url',
      issuer,
    ])

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('Did you mean "child-13"?')
  })
})

describe('the line of an entry', () => {
  const entry: JournalEntry = {
    id: '1',
    at: '2026-12-31T17:00:00.400Z',
    endpoint: 'token',
    asked: {},
    decided: 'invalid_grant',
    isOk: false,
  }

  test('says what was decided and by which rule', () => {
    const why = { rule: 'a code is used once', source: 'RFC 6749 §4.1.2' }

    expect(journalLine({ ...entry, clientId: 'rp', personId: 'an', why })).toBe(
      '2027-01-01T00:00:00+07:00  token          an at rp  invalid_grant: a code is used once (RFC 6749 §4.1.2)',
    )
  })

  test('says that nobody was there', () => {
    expect([journalLine(entry), journalLine({ ...entry, clientId: 'rp' })]).toEqual([
      '2027-01-01T00:00:00+07:00  token          nobody  invalid_grant',
      '2027-01-01T00:00:00+07:00  token          nobody at rp  invalid_grant',
    ])
  })

  test('has nothing that a terminal would obey', () => {
    expect(journalLine({ ...entry, clientId: 'Việt\u001B[31m\u009Bx\u202E' })).toContain(
      'nobody at Việt [31m x   invalid_grant',
    )
  })
})

test.each(['', '--follow', '--limit=0'])(
  'the journal of an endpoint that nobody knows is refused (%j)',
  async (flag) => {
    const { issuer } = await startMock()

    const { code, out, err } = await runHere(
      ['journal', '--endpoint', 'tokne', '--url', issuer, flag].filter(Boolean),
    )

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('got "tokne". Did you mean "token"?')
  },
)
