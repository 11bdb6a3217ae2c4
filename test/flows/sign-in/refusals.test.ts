import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { persona, request } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const languages = ['vi', 'en'] as const

/** All that a relying party hears of a sign-in that failed. */
const heard = (mock: TestMock, state: string, reason: string, error = 'access_denied') => ({
  error,
  error_description: expect.stringMatching(new RegExp(`^${reason} \\([ -~]+\\)$`)),
  state,
  iss: mock.issuer,
})

const parametersOf = (url: URL) => Object.fromEntries(url.searchParams)

const credentials = ({ number, account: { password } }: Person) => ({ number, password })

describe.each(languages)('in %s, an account that cannot be used', (language) => {
  test.each([
    [
      'not-activated',
      'account_not_activated',
      'Tài khoản chưa được kích hoạt.',
      'The account has not been activated.',
    ],
    [
      'locked',
      'account_locked',
      'Tài khoản định danh điện tử của bạn đang bị khóa.',
      'Your electronic identity account is locked.',
    ],
    [
      'account-cancelled',
      'account_cancelled',
      'Tài khoản định danh điện tử này đã bị hủy.',
      'This electronic identity account has been cancelled.',
    ],
    [
      'card-expired',
      'card_expired',
      'Thẻ căn cước đã hết hạn, tài khoản tạm thời bị khóa.',
      'The identity card has expired, so the account is locked for now.',
    ],
    [
      'deceased',
      'deceased',
      'Tài khoản này thuộc về người đã mất nên không thể đăng nhập.',
      'This account belongs to a person who has died, so nobody can sign in with it.',
    ],
    [
      'child-guardian-locked',
      'guardian_unable',
      'Cần cha, mẹ hoặc người giám hộ có tài khoản mức độ 02 đang hoạt động để xác nhận',
      'A parent or guardian with an active account of level 2 must confirm',
    ],
  ])('(%s) gets a page, and the relying party hears "%s"', async (id, reason, vi, en) => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const { state } = await request(citizen, portal, { ui_locales: language })

    await citizen.submit(credentials(await persona(mock, id)))

    expect(citizen.step).toBe('refused')
    expect(textOf(citizen.page.text)).toContain({ vi, en }[language])
    await citizen.submit()
    expect(citizen.away.href.split('?')[0]).toBe(portal.redirectUri)
    expect(parametersOf(citizen.away)).toEqual(heard(mock, state, reason))
  })
})

test.each([
  ['child-13', ['self'], 'Cổng này không nhận vai trò nào mà bạn có. Hãy đăng nhập bằng một'],
  [
    'dissolved-company-representative',
    ['organization'],
    'Chỉ người đại diện theo pháp luật hoặc người được ủy quyền của một tổ chức đang hoạt động',
  ],
])('%s, who has no role where only %j may act, reads why', async (id, allow, text) => {
  const mock = await startMock()
  await mock.clients.change('test-rp', { allow })
  const portal = await relyingParty(mock)
  const citizen = new Citizen(mock)
  await request(citizen, portal)
  await citizen.submit(credentials(await persona(mock, id)))

  await citizen.submit({ code: citizen.code })

  expect(textOf(citizen.page.text)).toContain(text)
})

test('a foreigner whose card has expired reads of a card that foreigners have', async () => {
  const mock = await startMock()
  await mock.people.change('foreigner-level-2', {
    card: { issuedOn: '2020-01-01', expiresOn: '2025-01-01' },
  })
  const portal = await relyingParty(mock)
  const citizen = new Citizen(mock)
  await request(citizen, portal)

  await citizen.submit(credentials(await persona(mock, 'foreigner-level-2')))

  expect(citizen.step).toBe('refused')
  expect(textOf(citizen.page.text)).toContain('Thẻ thường trú hoặc thẻ tạm trú đã hết hạn')
})

test('nothing is said about an account to somebody who has not its password', async () => {
  const mock = await startMock()
  const citizen = new Citizen(mock)
  const { number } = await persona(mock, 'deceased')
  await request(citizen, await relyingParty(mock))

  await citizen.submit({ number, password: 'Matkhau@2' })

  expect(citizen.step).toBe('identify')
  expect(textOf(citizen.page.text)).toContain('Số định danh hoặc mật khẩu không đúng.')
})

describe('a citizen who cancels', () => {
  const paths: Record<string, (citizen: Citizen, person: Person) => Promise<unknown>> = {
    identify: async () => undefined,
    'second-factor': (citizen, person) => citizen.submit(credentials(person)),
    role: async (citizen, person) => {
      await paths['second-factor']!(citizen, person)
      await citizen.submit({ code: citizen.code })
    },
    face: async (citizen, person) => {
      await paths['role']!(citizen, person)
      await citizen.submit({ role: person.id })
    },
    consent: async (citizen, person) => {
      await paths['face']!(citizen, person)
      await citizen.submit()
    },
    passcode: async (citizen, person) => {
      await paths['consent']!(citizen, person)
      await citizen.submit({ agree: 'yes' })
    },
  }
  const begin = async (step: string, language: string) => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    const { state } = await request(citizen, await relyingParty(mock), {
      ui_locales: language,
      acr_values: 'urn:mock-vneid:authentication:4',
    })
    await paths[step]!(citizen, await persona(mock, 'guardian-of-two'))
    return { mock, citizen, state }
  }

  test.each(
    Object.keys(paths).flatMap((step) => languages.map((language) => ({ step, language }))),
  )(
    'at $step reads so in $language, and the relying party hears it',
    async ({ step, language }) => {
      const { mock, citizen, state } = await begin(step, language)
      expect(citizen.step).toBe(step)

      await citizen.submit({ do: 'cancel' })

      const text = { vi: 'Bạn đã hủy đăng nhập.', en: 'You cancelled the sign-in.' }[language]
      expect(citizen.step).toBe('refused')
      expect(textOf(citizen.page.text)).toContain(text)
      await citizen.submit()
      expect(parametersOf(citizen.away)).toEqual(heard(mock, state, 'cancelled'))
    },
  )

  test.each(Object.keys(paths).filter((step) => step !== 'consent'))(
    'finds a button for it at %s',
    async (step) => {
      const { citizen } = await begin(step, 'vi')

      expect(citizen.page.text).toMatch(/<button[^>]* value="cancel">Hủy đăng nhập</)
    },
  )

  test('has told nobody anything: the relying party cannot see who it was', async () => {
    const { citizen } = await begin('passcode', 'vi')
    await citizen.submit({ do: 'cancel' })
    await citizen.submit()

    expect(citizen.away.searchParams.has('code')).toBe(false)
  })

  test('can sign in afterwards', async () => {
    const { mock, citizen } = await begin('passcode', 'vi')
    await citizen.submit({ do: 'cancel' })
    await citizen.submit()

    await request(citizen, await relyingParty(mock))

    expect(citizen.step).toBe('identify')
  })
})

test.each([
  ['vi', 'Bạn đã từ chối chia sẻ thông tin. Không có dữ liệu nào được gửi đi.'],
  ['en', 'You refused to share your information. Nothing was sent.'],
])('a refusal to share reads so in %s, and the relying party hears it', async (language, text) => {
  const mock = await startMock()
  const citizen = new Citizen(mock)
  const { state } = await request(citizen, await relyingParty(mock), { ui_locales: language })
  await citizen.submit(credentials(await persona(mock, 'adult-level-2')))
  await citizen.submit({ code: citizen.code })

  await citizen.submit({ do: 'refuse' })

  expect(textOf(citizen.page.text)).toContain(text)
  await citizen.submit()
  expect(parametersOf(citizen.away)).toEqual(heard(mock, state, 'consent_refused'))
})

describe('an account of level 1', () => {
  const essential = JSON.stringify({
    id_token: { acr: { essential: true, value: 'urn:mock-vneid:level:2' } },
  })
  const signInAt = async (portal: RelyingParty, mock: TestMock, params: Record<string, string>) => {
    const citizen = new Citizen(mock)
    const { state } = await request(citizen, portal, params)
    await citizen.submit(credentials(await persona(mock, 'adult-level-1')))
    await citizen.submit({ code: citizen.code })
    return { citizen, state }
  }

  test.each([
    [
      'vi',
      'Dịch vụ này yêu cầu tài khoản định danh điện tử mức độ 02. Tài khoản của bạn đang ở mức độ 01.',
    ],
    ['en', 'This service needs an electronic identity account of level 2. Yours is level 1.'],
  ])('is refused where level 2 is essential, and reads why in %s', async (language, text) => {
    const mock = await startMock()
    const params = { claims: essential, ui_locales: language }

    const { citizen, state } = await signInAt(await relyingParty(mock), mock, params)

    expect(textOf(citizen.page.text)).toContain(text)
    await citizen.submit()
    expect(parametersOf(citizen.away)).toEqual(
      heard(mock, state, 'level_too_low', 'unmet_authentication_requirements'),
    )
  })

  test('is refused by a relying party that serves level 2 only', async () => {
    const client = aClient({ client_id: 'strict-rp', client_secret: 'strict-rp-secret' })
    const clients = [{ ...client, minimum_level: 2 }]
    const mock = await startMock({ config: configFolder({ clients }) })
    const portal = await relyingParty(mock, { clientId: 'strict-rp' })

    const { citizen, state } = await signInAt(portal, mock, {})
    await citizen.submit()

    expect(parametersOf(citizen.away)).toEqual(
      heard(mock, state, 'level_too_low', 'unmet_authentication_requirements'),
    )
  })
})

test.each([
  ['vi', 'Cổng này không nhận vai trò nào mà bạn có.'],
  ['en', 'This service accepts none of the roles that you have.'],
])('somebody who has no role that is allowed here reads so in %s', async (language, text) => {
  const client = aClient({ client_id: 'company-rp', client_secret: 'company-rp-secret' })
  const clients = [{ ...client, allow: ['organization'] }]
  const mock = await startMock({ config: configFolder({ clients }) })
  const portal = await relyingParty(mock, { clientId: 'company-rp' })
  const citizen = new Citizen(mock)
  const { state } = await request(citizen, portal, { ui_locales: language })
  await citizen.submit(credentials(await persona(mock, 'adult-level-2')))

  await citizen.submit({ code: citizen.code })

  expect(textOf(citizen.page.text)).toContain(text)
  await citizen.submit()
  expect(parametersOf(citizen.away)).toEqual(heard(mock, state, 'role_not_allowed'))
})

describe('a sign-in that takes longer than ten minutes', () => {
  const begin = async (language: string) => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const citizen = new Citizen(mock)
    const { state } = await request(citizen, await relyingParty(mock), { ui_locales: language })
    const fields = credentials(await persona(mock, 'adult-level-2'))
    return { mock, citizen, state, fields, clock }
  }

  test.each([
    ['vi', 'Yêu cầu đăng nhập đã hết hạn.'],
    ['en', 'The request to sign in has expired.'],
  ])(
    'reads so in %s when its form is sent, and the relying party hears it',
    async (language, text) => {
      const { mock, citizen, state, fields, clock } = await begin(language)
      clock.advance(600)

      await citizen.submit(fields)

      expect(citizen.step).toBe('refused')
      expect(textOf(citizen.page.text)).toContain(text)
      await citizen.submit()
      expect(parametersOf(citizen.away)).toEqual(heard(mock, state, 'expired'))
    },
  )

  test('reads so when its page is opened again, and nothing of a mistake before', async () => {
    const { citizen, fields, clock } = await begin('vi')
    await citizen.submit({ ...fields, password: 'wrong' })
    clock.advance(600)

    await citizen.open(citizen.path)

    expect(citizen.page.status).toBe(200)
    expect(citizen.step).toBe('refused')
    expect(citizen.page.text).not.toContain('role="alert"')
  })
})
