import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { persona, request } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

/** The pages that a person meets, and the tokens at the end. */
async function signIn(mock: TestMock, portal: RelyingParty, id = 'adult-level-2') {
  const citizen = new Citizen(mock)
  const person = await persona(mock, id)
  const secrets = await request(citizen, portal)
  const met: string[] = []
  while (citizen.isOnPage && met.length < 9) {
    met.push(citizen.step)
    await citizen.submit({
      number: person.number,
      password: person.account.password,
      code: citizen.code,
      role: person.id,
      agree: 'yes',
      passcode: person.account.passcode,
    })
  }
  const tokens = await portal.redeem({ ...secrets, url: citizen.away })
  return { met, claims: tokens.claims()! }
}

const short = { sign_in: { journey: 'short' } }
const clientWith = (id: string, journey: string) =>
  aClient({ client_id: id, client_secret: `${id}-secret`, journey })

describe('the full journey', () => {
  test('has four pages', async () => {
    const mock = await startMock()

    const { met } = await signIn(mock, await relyingParty(mock))

    expect(met).toEqual(['identify', 'second-factor', 'consent', 'passcode'])
  })

  test('has a fifth for somebody who may act for others', async () => {
    const mock = await startMock()

    const { met } = await signIn(mock, await relyingParty(mock), 'company-representative')

    expect(met).toEqual(['identify', 'second-factor', 'role', 'consent', 'passcode'])
  })

  test('asks everything again of a browser that is not signed in', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    await signIn(mock, portal)

    expect((await signIn(mock, portal)).met).toHaveLength(4)
  })

  test('stays the journey of one relying party where the world’s is short', async () => {
    const clients = [clientWith('careful-rp', 'full')]
    const mock = await startMock({ config: configFolder({ settings: short, clients }) })

    const { met } = await signIn(mock, await relyingParty(mock, { clientId: 'careful-rp' }))

    expect(met).toEqual(['identify', 'second-factor', 'consent', 'passcode'])
  })
})

describe('the short journey', () => {
  test('of a whole world has no consent and no passcode', async () => {
    const mock = await startMock({ config: configFolder({ settings: short }) })

    const { met, claims } = await signIn(mock, await relyingParty(mock))

    expect(met).toEqual(['identify', 'second-factor'])
    expect(claims['amr']).toEqual(['pwd', 'otp', 'mfa'])
  })

  test('of one relying party is not that of another', async () => {
    const clients = [clientWith('brief-rp', 'short')]
    const mock = await startMock({ config: configFolder({ clients }) })

    const brief = await signIn(mock, await relyingParty(mock, { clientId: 'brief-rp' }))
    const other = await signIn(mock, await relyingParty(mock))

    expect(brief.met).toEqual(['identify', 'second-factor'])
    expect(other.met).toHaveLength(4)
  })

  test('shows only the steps that it has', async () => {
    const mock = await startMock({ config: configFolder({ settings: short }) })
    const citizen = new Citizen(mock)

    await request(citizen, await relyingParty(mock))

    const line = /<ol class="steps"[^]*?<\/ol>/.exec(citizen.page.text)![0]
    expect(textOf(line)).toBe('Đăng nhập (đang ở bước này) Mã xác nhận (chưa tới)')
  })
})

describe('the consent', () => {
  test('lists exactly what the relying party will be sent, in words', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'adult-level-2')
    await request(citizen, portal, { scope: 'openid profile vneid' })
    await citizen.submit({ number: person.number, password: person.account.password })

    await citizen.submit({ code: citizen.code })

    const text = textOf(citizen.page.text)
    expect(text).toContain('Xác nhận chia sẻ thông tin để đăng nhập Cổng thử nghiệm')
    expect(text).toContain(`Họ và tên ${person.name}`)
    expect(text).toContain(`Số định danh cá nhân ${person.number}`)
    expect(text).toContain(`Ngày sinh ${person.birthDate.split('-').toReversed().join('/')}`)
    expect(text).not.toContain(person.email)
    expect(text).not.toContain('Thư điện tử')
  })
})
