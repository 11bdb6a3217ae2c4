import { describe, expect, test } from 'vitest'
import { clockLine } from '../../src/cli/clock-line.ts'
import { startMock } from '../support/mock.ts'
import { runToEnd } from './program.ts'
import { runHere } from './run-here.ts'

describe('mock-vneid clock', () => {
  test('moves the clock of one world, and says what time it is there', async () => {
    const { issuer, ...mock } = await startMock()
    const world = await mock.world({ name: 'mine' })
    const there = ['--url', issuer, '--world', 'mine']

    const frozen = await runToEnd(['clock', 'freeze', '--at', '2027-03-01', ...there])
    const advanced = await runHere(['clock', 'advance', '90m', '--json', ...there])
    const read = await runHere(['clock', ...there])

    expect(frozen).toMatchObject({ code: 0, err: '' })
    expect(frozen.out).toMatch(/^2027-03-01T00:00:00\+07:00 \(frozen, .* (?:ahead|behind)\)\n$/)
    expect(JSON.parse(advanced.out)).toMatchObject({
      now: '2027-02-28T18:30:00.000Z',
      isFrozen: true,
    })
    expect(read.out).toMatch(/^2027-03-01T01:30:00\+07:00 \(frozen, /)
    expect(await mock.clock.read()).toMatchObject({ isFrozen: false })
    expect(await world.clock.read()).toMatchObject({ now: '2027-02-28T18:30:00.000Z' })
  })

  test('is set, and goes on from there when it is thawed', async () => {
    const { issuer, ...mock } = await startMock()
    await mock.clock.freeze()

    const set = await runHere(['clock', 'set', '2027-03-01T08:00', '--url', issuer])
    const thawed = await runHere(['clock', 'thaw', '--url', issuer])

    expect(set.out).toMatch(/^2027-03-01T08:00:00\+07:00 \(frozen, /)
    expect(thawed).toMatchObject({ code: 0, err: '' })
    expect(await mock.clock.read()).toMatchObject({ isFrozen: false })
  })

  test('ends with 2 at a moment that is none', async () => {
    const { issuer } = await startMock()

    const { code, out, err } = await runHere(['clock', 'set', '2027-02-30', '--url', issuer])

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('to must be a date such as')
  })

  test('knows its commands, and names the nearest', async () => {
    const { code, out, err } = await runHere(['clock', 'frezee'])

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^unknown command 'clock frezee'\n\(Did you mean "freeze"\?\)\nRun "mock/)
  })
})

describe('the line of a clock', () => {
  const second = 1000
  const day = 86_400 * second
  const now = '2026-12-31T17:00:00.000Z'
  const view = { now, isFrozen: false, aheadMs: 0, stamps: 'real' } as const

  test.each([
    ['goes with the machine', view, 'real time'],
    ['is a moment off, which nobody notices', { ...view, aheadMs: -999 }, 'real time'],
    ['is a day ahead', { ...view, aheadMs: day }, '1 day ahead'],
    [
      'stands still, far ahead',
      { ...view, isFrozen: true, aheadMs: 130 * day + 7_200_000 },
      'frozen, 130 days 2 hours ahead',
    ],
    ['is a little behind', { ...view, aheadMs: -61 * second }, '1 minute 1 second behind'],
    ['leaves out what is nothing', { ...view, aheadMs: 2 * day + 59 * second }, '2 days ahead'],
    ['signs in its own time', { ...view, stamps: 'world' }, 'stamps: world'],
  ] as const)('says that it %s', (_, clock, said) => {
    expect(clockLine(clock)).toBe(`2027-01-01T00:00:00+07:00 (${said})`)
  })
})
