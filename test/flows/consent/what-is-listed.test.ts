import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../../src/kernel/index.ts'
import { loadMessages } from '../../../src/pages/messages.ts'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { persona } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { boxesOf, everything, optionalOf, reachConsent, requiredOf, share } from './consent-page.ts'

const words = loadMessages(join(packageRoot, 'views'), 'vi')

/** Said of the sign-in in one line, and told along with another claim. */
const notListedAlone = [
  'acr',
  'amr',
  'auth_time',
  'authentication_level',
  'family_name',
  'middle_name',
  'given_name',
  'phone_number_verified',
  'email_verified',
]

const ourClient = { client_id: 'consent-rp', client_secret: 'consent-rp-secret' }

async function atConsent(
  id: string,
  params: Record<string, string>,
  options: { role?: string; client?: Record<string, unknown>; settings?: object } = {},
) {
  const clients = [aClient({ ...ourClient, ...options.client })]
  const settings = options.settings as Record<string, unknown> | undefined
  const config = configFolder({ clients, ...(settings ? { settings } : {}) })
  const mock = await startMock({ config })
  const portal = await relyingParty(mock, { clientId: 'consent-rp' })
  const citizen = new Citizen(mock)
  const person = await persona(mock, id)
  const role = options.role ?? id
  const { met: _met, ...secrets } = await reachConsent(citizen, portal, person, { params, role })
  return { citizen, portal, person, secrets }
}

/** What a claim of somebody is called. */
const wordFor = (name: string, id: string) =>
  name === 'card' && id.startsWith('foreigner-') ? 'claims.card_of_foreigner' : `claims.${name}`

describe('the page of consent', () => {
  test.each([
    ['adult-level-2', undefined],
    ['adult-level-1', undefined],
    ['child-13', undefined],
    ['guardian-of-two', undefined],
    ['guardian-of-two', 'child-13'],
    ['company-representative', 'example-company'],
    ['foreigner-level-2', undefined],
    ['year-only-birth-date', undefined],
  ])('lists exactly what is sent: %s, for %s', async (id, role) => {
    const scope = `${everything} vneid:documents`
    const { citizen, portal, person, secrets } = await atConsent(
      id,
      { scope },
      role === undefined ? {} : { role },
    )
    const listed = Object.keys({ ...requiredOf(citizen), ...optionalOf(citizen) })

    await share(citizen)
    await citizen.submit({ passcode: person.account.passcode })
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })
    const userinfo = await portal.userinfo(tokens.access_token, tokens.claims()!.sub)
    const sent = Object.keys(userinfo).filter((name) => !notListedAlone.includes(name))

    expect(listed.toSorted()).toEqual(
      [...sent.map((name) => words.text(wordFor(name, id))), 'Lần đăng nhập này'].toSorted(),
    )
  })

  test('says the values, each in words', async () => {
    const { citizen, person } = await atConsent('adult-level-2', { scope: everything })

    expect(requiredOf(citizen)).toMatchObject({
      'Mã định danh tài khoản': person.sub,
      'Họ và tên': person.name,
      'Giới tính': 'Nữ',
      'Ngôn ngữ': 'Tiếng Việt (Việt Nam)',
      'Số định danh cá nhân': person.number,
      'Mức độ tài khoản': 'Mức độ 02',
    })
    expect(optionalOf(citizen)).toMatchObject({
      'Số điện thoại': '+84990000001 · đã xác minh',
      'Địa chỉ': '12 Phố Thử Nghiệm, Phường Mẫu Đơn, Hà Nội, Việt Nam',
    })
  })

  test('names whoever acts for an organisation, as it will be told', async () => {
    const { citizen, person } = await atConsent(
      'company-representative',
      { scope: everything },
      { role: 'example-company' },
    )

    expect(requiredOf(citizen)[words.text('claims.act')]).toContain(person.name)
  })

  test('tells nobody an identifier that is made for one relying party', async () => {
    const { citizen, person } = await atConsent(
      'guardian-of-two',
      { scope: 'openid' },
      { role: 'child-13', client: { subject_type: 'pairwise' } },
    )

    expect(requiredOf(citizen)['Mã định danh tài khoản']).toBe('tạo riêng cho hệ thống này')
    expect(citizen.page.text).not.toContain(person.sub)
  })

  test('shows nothing of a claim that has no value', async () => {
    const { citizen } = await atConsent('child-13', { scope: 'openid profile phone email' })

    expect(boxesOf(citizen)).toEqual({})
    expect(citizen.page.text).not.toContain('Thông tin tùy chọn')
  })
})

describe('what may be kept back', () => {
  test('is what is not needed to know who somebody is, all of it ticked at first', async () => {
    const { citizen } = await atConsent('adult-level-2', { scope: `${everything} vneid:documents` })

    expect(boxesOf(citizen)).toEqual(
      Object.fromEntries(
        [
          'phone_number',
          'email',
          'address',
          'nationality',
          'place_of_origin',
          'place_of_birth_registration',
          'card',
          'previous_ids',
          'health_insurance',
          'social_insurance',
          'driving_licence',
          'vehicles',
          'health_book',
          'judicial_record',
          'tax',
          'benefits_account',
        ].map((name) => [name, true]),
      ),
    )
  })

  test('is not what the claims parameter calls essential, in either place', async () => {
    const claims = JSON.stringify({
      userinfo: { email: { essential: true }, phone_number: null },
      id_token: { phone_number: { essential: true } },
    })

    const { citizen } = await atConsent('adult-level-2', {
      scope: 'openid phone email address',
      claims,
    })

    expect(boxesOf(citizen)).toEqual({ address: true })
  })

  test('is not what goes along with an essential claim', async () => {
    const claims = JSON.stringify({ userinfo: { email_verified: { essential: true } } })

    const { citizen } = await atConsent('adult-level-2', { scope: 'openid email', claims })

    expect(boxesOf(citizen)).toEqual({})
  })

  test('is a voluntary claim that no scope opens', async () => {
    const claims = JSON.stringify({ userinfo: { birthdate: null, gender: { essential: false } } })

    const { citizen } = await atConsent('adult-level-2', { scope: 'openid vneid', claims })

    expect(boxesOf(citizen)).toEqual({ birthdate: true, gender: true })
  })

  test('is what the relying party says, by names of scopes and claims', async () => {
    const client = { optional_claims: ['gender', 'address'] }

    const { citizen } = await atConsent('adult-level-2', { scope: everything }, { client })

    expect(boxesOf(citizen)).toEqual({ gender: true, address: true })
  })

  test('is what the settings say where the relying party says nothing', async () => {
    const settings = { sign_in: { optional_claims: ['passport_number'] } }

    const { citizen } = await atConsent('adult-level-2', { scope: everything }, { settings })

    expect(boxesOf(citizen)).toEqual({ passport_number: true })
  })

  test('must be something that is told: other names are refused, with the nearest', async () => {
    const clients = [aClient({ ...ourClient, optional_claims: ['phone_nummber'] })]

    await expect(startMock({ config: configFolder({ clients }) })).rejects.toThrow(
      /optional_claims\[0\] +must be a scope or a claim that may be kept back, got "phone_nummber"\. Did you mean "phone_number"\?/,
    )
  })
})
