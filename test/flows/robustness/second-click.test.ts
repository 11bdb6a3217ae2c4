import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { persona, refusalOf, request } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

const acr = { acr_values: 'urn:mock-vneid:authentication:4' }
const notice = 'Biểu mẫu đó đã được gửi rồi. Hãy tiếp tục từ bước này.'

const outcomes = (mock: TestMock) =>
  mock.logged.flatMap((event) => (event.event === 'sign-in-ended' ? [event.outcome] : []))

/** Each form in order: what is typed, and the page that comes after. */
const forms: readonly {
  at: string
  fields: (person: Person, citizen: Citizen) => Record<string, string>
  next: string
}[] = [
  {
    at: 'identify',
    fields: ({ number, account: { password } }) => ({ number, password }),
    next: 'second-factor',
  },
  { at: 'second-factor', fields: (_person, { code }) => ({ code }), next: 'role' },
  { at: 'role', fields: ({ id }) => ({ role: id }), next: 'face' },
  { at: 'face', fields: () => ({}), next: 'consent' },
  { at: 'consent', fields: () => ({ agree: 'yes' }), next: 'passcode' },
  { at: 'passcode', fields: ({ account: { passcode } }) => ({ passcode }), next: 'away' },
]

/** A sign-in of somebody who meets every page there is, at one of them. */
async function arriveAt(step: string) {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const person = await persona(mock, 'guardian-of-two')
  const citizen = new Citizen(mock)
  const secrets = await request(citizen, portal, acr)
  for (const { at, fields } of forms) {
    if (at === step) break
    await citizen.submit(fields(person, citizen))
  }
  expect(citizen.step).toBe(step)
  const { fields, next } = forms.find(({ at }) => at === step)!
  return { mock, portal, citizen, secrets, typed: fields(person, citizen), next }
}

describe.each(forms.filter(({ next }) => next !== 'away'))('a second click at $at', ({ at }) => {
  test('ends at the next page, which says that the form was sent already', async () => {
    const { citizen, typed, next } = await arriveAt(at)
    await citizen.send(typed)

    await citizen.submit(typed)

    expect(citizen.step).toBe(next)
    expect(citizen.page.status).toBe(200)
    expect(textOf(citizen.page.text)).toContain(notice)
  })

  test('at the same moment does no harm, and the journey goes on', async () => {
    const { mock, citizen, typed, next } = await arriveAt(at)

    const replies = await Promise.all([citizen.send(typed), citizen.send(typed)])
    await citizen.open(citizen.path)

    expect(replies.map(({ status }) => status)).toEqual([303, 303])
    expect(citizen.step).toBe(next)
    expect(mock.logged.filter(({ event }) => event === 'code-sent')).toHaveLength(1)
  })
})

describe('a second click at the last form', () => {
  test('leads to the relying party with one code that is good', async () => {
    const { mock, portal, citizen, secrets, typed } = await arriveAt('passcode')
    await citizen.send(typed)

    await citizen.submit(typed)
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()?.sub).toEqual(expect.any(String))
    expect(outcomes(mock)).toEqual(['approved'])
  })

  test('at the same moment has one outcome, whichever reply the browser follows', async () => {
    const { mock, portal, citizen, secrets, typed } = await arriveAt('passcode')

    const replies = await Promise.all([citizen.send(typed), citizen.send(typed)])
    const [first, second] = replies.map(({ headers }) => headers['location'])
    await citizen.open(second!)
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()?.sub).toEqual(expect.any(String))
    expect(outcomes(mock)).toEqual(['approved'])
    await citizen.open(first!)
    expect(citizen.page.status).toBe(400)
    expect(textOf(citizen.page.text)).toContain('Hãy quay lại cổng dịch vụ')
  })

  test('after the browser was sent back is answered by a page that says what to do', async () => {
    const { citizen, typed } = await arriveAt('passcode')
    const { path, form } = citizen
    await citizen.submit(typed)

    citizen.path = path
    await citizen.submit(typed, form)

    expect(citizen.page.status).toBe(410)
    expect(textOf(citizen.page.text)).toContain('Lần đăng nhập này đã kết thúc')
  })
})

describe('a second click', () => {
  test('on a wrong password costs one try and leaves the message at the field', async () => {
    const { citizen } = await arriveAt('identify')
    const typed = { number: '099192999999', password: 'wrong' }
    await citizen.send(typed)
    await citizen.submit(typed)
    expect(citizen.step).toBe('identify')
    expect(textOf(citizen.page.text)).toContain('Số định danh hoặc mật khẩu không đúng.')

    for (let wrong = 0; wrong < 3; wrong++) await citizen.submit(typed)
    expect(citizen.step).toBe('identify')
    await citizen.submit(typed)
    expect(citizen.step).toBe('refused')
  })

  test('that cancels ends at the page that says so, and not beyond it', async () => {
    const { citizen } = await arriveAt('second-factor')
    const { form } = citizen
    await citizen.send({ do: 'cancel' })

    await citizen.submit({ do: 'cancel' }, form)

    expect(citizen.step).toBe('refused')
    expect(textOf(citizen.page.text)).toContain('Bạn đã hủy đăng nhập.')
  })

  test('of somebody whose account is locked ends at the page that says so', async () => {
    const { mock, citizen } = await arriveAt('identify')
    const { number, account } = await persona(mock, 'locked')
    const typed = { number, password: account.password }
    await citizen.send(typed)

    await citizen.submit(typed)

    expect(citizen.step).toBe('refused')
  })

  test('on the way back to the relying party takes it there', async () => {
    const { mock, citizen } = await arriveAt('identify')
    await citizen.submit({ do: 'cancel' })
    await citizen.send()

    await citizen.submit()

    expect(refusalOf(citizen.away).reason).toBe('cancelled')
    expect(outcomes(mock)).toEqual(['cancelled'])
  })

  test('on a persona signs in once', async () => {
    const { mock, citizen } = await arriveAt('identify')
    await citizen.send({ as: 'adult-level-2' })

    await citizen.submit({ as: 'adult-level-2' })

    expect(citizen.away.searchParams.has('code')).toBe(true)
    expect(outcomes(mock)).toEqual(['approved'])
  })

  test('on another button than the first does not undo it', async () => {
    const { mock, citizen, typed } = await arriveAt('consent')

    await Promise.all([citizen.send(typed), citizen.send({ do: 'refuse' })])
    await citizen.open(citizen.path)

    expect(['passcode', 'refused']).toContain(citizen.step)
    expect(outcomes(mock)).toEqual(citizen.step === 'refused' ? ['consent_refused'] : [])
  })
})
