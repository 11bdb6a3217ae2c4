import { beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { persona, request, walk } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { problemAt, textOf } from '../../support/page-parts.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

let clock: FrozenClock
let mock: TestMock
let portal: RelyingParty

beforeEach(async () => {
  clock = new FrozenClock()
  mock = await startMock({ clock })
  portal = await relyingParty(mock)
})

const codesSent = () => mock.logged.flatMap((event) => (event.event === 'code-sent' ? [event] : []))

async function atCode(id: string, language = 'vi') {
  const citizen = new Citizen(mock)
  const person = await persona(mock, id)
  const secrets = await request(citizen, portal, { ui_locales: language })
  await citizen.submit({ number: person.number, password: person.account.password })
  return { citizen, person, secrets }
}

describe('the code of a sign-in', () => {
  test('is told to whoever listens at the terminal, and is the one that is good', async () => {
    const { citizen } = await atCode('adult-level-2')
    const [sent] = codesSent()

    await citizen.submit({ code: sent!.code })

    expect(sent).toMatchObject({
      personId: 'adult-level-2',
      channel: 'app',
      phoneOf: 'Nguyễn Thị Minh Anh',
    })
    expect(citizen.step).toBe('consent')
  })

  test('stands in the drawer of test data with the time until which it is good', async () => {
    clock.set(Date.parse('2026-06-15T03:04:05Z'))
    const { citizen } = await atCode('adult-level-2')
    const text = textOf(citizen.page.text)

    expect(citizen.code).toBe(codesSent()[0]!.code)
    expect(text).toContain('Ứng dụng của Nguyễn Thị Minh Anh')
    expect(text).toContain('Đến 10:07:05')
  })

  test.each([
    ['vi', 'Mã có hiệu lực trong 3 phút.'],
    ['en', 'It is valid for 3 minutes.'],
  ])('says in %s how long it is good', async (language, words) => {
    const { citizen } = await atCode('adult-level-2', language)

    expect(textOf(citizen.page.text)).toContain(words)
  })

  test('goes to the mother’s phone for a child, and the page says so', async () => {
    const { citizen } = await atCode('child-13')

    expect(codesSent()[0]).toMatchObject({ personId: 'child-13', phoneOf: 'Lê Thị Thu Hà' })
    expect(textOf(citizen.page.text)).toContain('đã được gửi tới ứng dụng của Lê Thị Thu Hà')
  })

  test('goes by SMS to a masked number where there is no device', async () => {
    const { citizen } = await atCode('year-only-birth-date')

    expect(codesSent()[0]).toMatchObject({ channel: 'sms' })
    expect(textOf(citizen.page.text)).toContain('bằng tin nhắn tới số 099****010')
    expect(citizen.page.text).not.toContain('value="resend-app"')
    expect(citizen.page.text).not.toContain('0990000010')
  })

  test('is not sent again when its page is only looked at', async () => {
    const { citizen } = await atCode('adult-level-2')
    const { code } = citizen

    await citizen.open(citizen.path)

    expect(citizen.code).toBe(code)
    expect(codesSent()).toHaveLength(1)
  })

  test('is 000000 where the settings say "fixed"', async () => {
    const config = configFolder({ settings: { sign_in: { codes: 'fixed' } } })
    mock = await startMock({ config })
    portal = await relyingParty(mock)

    const { citizen } = await atCode('adult-level-2')
    await citizen.submit({ code: '000000' })

    expect(citizen.step).toBe('consent')
  })
})

describe('a code that is asked for again', () => {
  test.each([
    ['vi', 'resend-app', 'Một mã mới đã được gửi tới ứng dụng.'],
    ['vi', 'resend-sms', 'Một mã mới đã được gửi bằng tin nhắn tới số 099****001.'],
    ['en', 'resend-app', 'A new code was sent to the app.'],
    ['en', 'resend-sms', 'A new code was sent by SMS to 099****001.'],
  ])('in %s by %s is announced', async (language, button, words) => {
    const { citizen } = await atCode('adult-level-2', language)

    await citizen.submit({ do: button })

    expect(citizen.step).toBe('second-factor')
    expect(/role="status">([^<]+)</.exec(citizen.page.text)?.[1]).toContain(words)
  })

  test.each([
    ['app', ['pwd', 'otp', 'pin', 'mfa']],
    ['sms', ['pwd', 'otp', 'sms', 'pin', 'mfa']],
  ])('by %s is in the ID token as %j', async (channel, amr) => {
    const { citizen, person, secrets } = await atCode('adult-level-2')
    await citizen.submit({ do: `resend-${channel}` })

    const tokens = await portal.redeem({ ...secrets, url: await walk(citizen, person) })

    expect(tokens.claims()?.['amr']).toEqual(amr)
  })

  test('makes the one before no good', async () => {
    const { citizen } = await atCode('adult-level-2')
    const before = citizen.code
    // One code in a million is the same as the one before it.
    do await citizen.submit({ do: 'resend-sms' })
    while (citizen.code === before)

    await citizen.submit({ code: before })

    expect(problemAt(citizen.page.text, 'code')?.atField).toContain('Mã xác nhận không đúng.')
  })

  test('is good for three minutes of its own after the first has expired', async () => {
    const { citizen } = await atCode('adult-level-2')
    clock.advance(180)
    await citizen.submit({ code: citizen.code })
    expect(citizen.page.status).toBe(422)

    await citizen.submit({ do: 'resend-app' })
    clock.advance(179)
    await citizen.submit({ code: citizen.code })

    expect(citizen.step).toBe('consent')
  })
})
