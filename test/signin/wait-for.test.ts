import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Person } from '../../src/accounts/index.ts'
import { openDesk, ordinary, type Desk } from './attempt.ts'

const soon = { timeoutMs: 5000 }
const atOnce = { timeoutMs: 0 }

let desk: Desk
let anna: Person
let bo: Person

beforeEach(async () => {
  desk = openDesk()
  anna = await desk.find('anna')
  bo = await desk.find('bo')
})

describe('the sign-ins of a world', () => {
  test('are listed in the order in which they began, as they stand, narrowed to what is given', async () => {
    const one = await desk.begin()
    const two = await desk.begin({ clientId: 'other' })
    const three = await desk.begin()
    await one.authenticate(anna)
    await two.identify(anna)
    await three.identify(bo)
    const ids = async (filter: Parameters<Desk['signIns']['list']>[0]) =>
      (await desk.signIns.list(filter)).map(({ id }) => id)

    expect(await ids({})).toEqual([one.id, two.id, three.id])
    expect(await ids({ clientId: 'portal' })).toEqual([one.id, three.id])
    expect(await ids({ personId: 'anna' })).toEqual([one.id, two.id])
    expect(await ids({ step: 'second-factor', personId: 'anna' })).toEqual([two.id])
    expect(await ids({ step: 'approved' })).toEqual([])
    desk.clock.advance(600)
    expect(await ids({ step: 'refused' })).toEqual([one.id, two.id, three.id])
  })
})

describe('waiting for a sign-in', () => {
  test('gives the newest that stands there already', async () => {
    await desk.begin()
    const newest = await desk.begin()

    expect((await desk.signIns.waitFor({ step: 'identify' }, atOnce)).id).toBe(newest.id)
    expect((await desk.signIns.waitFor({}, atOnce)).id).toBe(newest.id)
  })

  test('goes on until one gets there', async () => {
    const waiting = desk.signIns.waitFor({ personId: 'anna', step: 'consent' }, soon)
    const other = await desk.begin()
    await other.authenticate(bo)
    const attempt = await desk.begin()
    await attempt.authenticate(anna)

    expect(await waiting).toMatchObject({ id: attempt.id, step: 'consent', personId: 'anna' })
  })

  test('is for one sign-in, where one is named, and for one relying party', async () => {
    const one = await desk.begin()
    const two = await desk.begin({ clientId: 'other' })
    const mine = desk.signIns.waitFor({ id: one.id, step: 'second-factor' }, soon)
    const theirs = desk.signIns.waitFor({ clientId: 'other', step: 'second-factor' }, soon)
    await two.identify(anna)
    await one.identify(bo)

    expect([(await mine).id, (await theirs).id]).toEqual([one.id, two.id])
  })

  test('ends with one that is made to expire', async () => {
    const attempt = await desk.begin()
    const waiting = desk.signIns.waitFor({ step: 'refused' }, soon)
    await desk.signIns.expireSignIn(attempt.id)

    expect((await waiting).refusal).toBe('expired')
  })

  test('looks again at the end, for time passes without anybody saying so', async () => {
    const attempt = await desk.begin()
    const end = vi.spyOn(desk.journal, 'arrivals').mockImplementation(async function* () {
      desk.clock.advance(600)
      yield* []
    })

    expect((await desk.signIns.waitFor({ step: 'refused' }, soon)).id).toBe(attempt.id)
    expect(end).toHaveBeenCalledOnce()
  })

  test('finds those without a page as well, which are over when anybody hears of them', async () => {
    const waiting = desk.signIns.waitFor({ clientId: 'portal' }, soon)
    const { id } = await desk.signIns.signInAs({ demand: ordinary }, { person: anna })
    await desk.begin()

    expect(await waiting).toMatchObject({ id, step: 'approved' })
  })

  test('reads the store only when something happened to a sign-in', async () => {
    const find = vi.spyOn(desk.store, 'find')
    const waiting = desk.signIns.waitFor({ step: 'consent' }, soon)
    await desk.journal.record({ endpoint: 'token', asked: {}, decided: 'refused', isOk: false })
    await new Promise((resolve) => setImmediate(resolve))
    expect(find).not.toHaveBeenCalled()

    await (await desk.begin()).authenticate(anna)
    expect((await waiting).step).toBe('consent')
  })

  test('in vain says what for, and where the sign-ins stand instead', async () => {
    const one = await desk.begin()
    const two = await desk.begin({ clientId: 'other' })
    await two.identify(anna)

    await expect(desk.signIns.waitFor({ personId: 'bo', step: 'consent' }, atOnce)).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_NOTHING_CAME',
        message:
          'no sign-in (personId "bo", step "consent") came within 0 ms. ' +
          `What came last: "${one.id}" at "identify" (portal, nobody yet); ` +
          `"${two.id}" at "second-factor" (other, anna). ` +
          'Make it happen before the time is over, ask for less, or wait longer.',
      }),
    )
  })

  test('ends when it is aborted, for the reason that was given', async () => {
    const abort = new AbortController()
    const waiting = desk.signIns.waitFor({ step: 'consent' }, { ...soon, signal: abort.signal })
    abort.abort(new Error('the test is over'))

    await expect(waiting).rejects.toThrow('the test is over')
  })
})
