import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { persona, request } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { problemAt } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

const clock = new FrozenClock()

const credentials = ({ number, account: { password } }: Person) => ({ number, password })

const toCode = async (citizen: Citizen, person: Person) => citizen.submit(credentials(person))
const toRole = async (citizen: Citizen, person: Person) => {
  await toCode(citizen, person)
  await citizen.submit({ code: citizen.code })
}
const toPasscode = async (citizen: Citizen, person: Person) => {
  await toRole(citizen, person)
  await citizen.submit({ agree: 'yes' })
}

interface Mistake {
  what: string
  who?: string
  go?: (citizen: Citizen, person: Person) => Promise<unknown>
  /** What is typed, and how many seconds later. */
  type: (person: Person) => Record<string, string>
  after?: number
  field: string
  vi: string
  en: string
}

const mistakes: readonly Mistake[] = [
  {
    what: 'no number',
    type: () => ({ number: '', password: 'x' }),
    field: 'number',
    vi: 'Hãy nhập số định danh cá nhân.',
    en: 'Enter your personal identification number.',
  },
  {
    what: 'a number of nine digits',
    type: () => ({ number: '000000101', password: 'x' }),
    field: 'number',
    vi: 'Số định danh cá nhân phải gồm đúng 12 chữ số.',
    en: 'A personal identification number has exactly 12 digits.',
  },
  {
    what: 'no password',
    type: ({ number }) => ({ number, password: '' }),
    field: 'password',
    vi: 'Hãy nhập mật khẩu.',
    en: 'Enter your password.',
  },
  {
    what: 'a wrong password',
    type: ({ number }) => ({ number, password: 'Matkhau@2' }),
    field: 'password',
    vi: 'Số định danh hoặc mật khẩu không đúng.',
    en: 'The number or the password is wrong.',
  },
  {
    what: 'no code',
    go: toCode,
    type: () => ({ code: '' }),
    field: 'code',
    vi: 'Hãy nhập mã xác nhận gồm 6 chữ số.',
    en: 'Enter the 6-digit code.',
  },
  {
    what: 'a wrong code',
    go: toCode,
    type: () => ({ code: 'wrong!' }),
    field: 'code',
    vi: 'Mã xác nhận không đúng. Bạn còn 4 lần thử.',
    en: 'The code is wrong. Tries left: 4.',
  },
  {
    what: 'a code after three minutes',
    go: toCode,
    type: () => ({}),
    after: 180,
    field: 'code',
    vi: 'Mã OTP đã hết hiệu lực. Hãy yêu cầu gửi lại mã.',
    en: 'The code has expired. Ask for a new one.',
  },
  {
    what: 'no role',
    who: 'guardian-of-two',
    go: toRole,
    type: () => ({}),
    field: 'role',
    vi: 'Hãy chọn một vai trò.',
    en: 'Choose a role.',
  },
  {
    what: 'a consent that is not ticked',
    go: toRole,
    type: () => ({}),
    field: 'agree',
    vi: 'Hãy đánh dấu vào ô đồng ý để chia sẻ, hoặc chọn “Từ chối chia sẻ”.',
    en: 'Tick the box to share, or choose “Refuse to share”.',
  },
  {
    what: 'no passcode',
    go: toPasscode,
    type: () => ({ passcode: '' }),
    field: 'passcode',
    vi: 'Hãy nhập passcode gồm 6 chữ số.',
    en: 'Enter your 6-digit passcode.',
  },
  {
    what: 'a wrong passcode',
    go: toPasscode,
    type: () => ({ passcode: '654321' }),
    field: 'passcode',
    vi: 'Passcode không đúng. Bạn còn 4 lần thử.',
    en: 'The passcode is wrong. Tries left: 4.',
  },
]

describe.each(['vi', 'en'] as const)('in %s, the page says at the field', (language) => {
  test.each(mistakes)('what to do about $what', async (mistake) => {
    const mock = await startMock({ clock })
    const citizen = new Citizen(mock)
    const person = await persona(mock, mistake.who ?? 'adult-level-2')
    await request(citizen, await relyingParty(mock), { ui_locales: language })
    await mistake.go?.(citizen, person)
    const { code, step } = citizen
    clock.advance(mistake.after ?? 0)

    await citizen.submit({ ...(code === '' ? {} : { code }), ...mistake.type(person) })

    const text = mistake[language]
    expect(citizen.page.status).toBe(422)
    expect(citizen.page.headers['content-language']).toBe(language)
    expect(problemAt(citizen.page.text, mistake.field)).toMatchObject({
      alert: { text, leadsTo: mistake.field },
      atField: text,
    })
    expect(citizen.step).toBe(step)
  })
})

test.each(mistakes.filter(({ field }) => field !== 'role'))(
  'a field with $what says itself that it is wrong, and has the focus',
  async (mistake) => {
    const mock = await startMock({ clock })
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'adult-level-2')
    await request(citizen, await relyingParty(mock))
    await mistake.go?.(citizen, person)
    const { code } = citizen
    clock.advance(mistake.after ?? 0)

    await citizen.submit({ ...(code === '' ? {} : { code }), ...mistake.type(person) })

    expect(problemAt(citizen.page.text, mistake.field)?.isMarked).toBe(true)
  },
)

test('a mistake is no secret kept in the page: what was typed as a password is not sent back', async () => {
  const mock = await startMock()
  const citizen = new Citizen(mock)
  const { number } = await persona(mock, 'adult-level-2')
  await request(citizen, await relyingParty(mock))

  await citizen.submit({ number, password: 'Secret@1234' })

  expect(citizen.page.text).toContain(`value="${number}"`)
  expect(citizen.page.text).not.toContain('Secret@1234')
})

test('numbers may be typed with spaces between, as they are read out and copied', async () => {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const citizen = new Citizen(mock)
  const person = await persona(mock, 'adult-level-2')
  const secrets = await request(citizen, portal)
  const inThrees = (digits: string) => ` ${digits.replaceAll(/(\d{3})/g, '$1 ')}`

  await citizen.submit({ ...credentials(person), number: inThrees(person.number) })
  await citizen.submit({ code: inThrees(citizen.code) })
  await citizen.submit({ agree: 'yes' })
  await citizen.submit({ passcode: inThrees(person.account.passcode) })

  const tokens = await portal.redeem({ ...secrets, url: citizen.away })
  expect(tokens.claims()?.sub).toBe(person.sub)
})

test('a mistake is put right on the same page, and the sign-in goes on', async () => {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const citizen = new Citizen(mock)
  const person = await persona(mock, 'adult-level-2')
  const secrets = await request(citizen, portal)

  await citizen.submit({ number: person.number, password: 'wrong' })
  await citizen.submit(credentials(person))
  const { code } = citizen
  await citizen.submit({ code: 'wrong!' })
  await citizen.submit({ code })
  await citizen.submit()
  await citizen.submit({ agree: 'yes' })
  await citizen.submit({ passcode: '654321' })
  await citizen.submit({ passcode: person.account.passcode })

  const tokens = await portal.redeem({ ...secrets, url: citizen.away })
  expect(tokens.claims()?.sub).toBe(person.sub)
})
