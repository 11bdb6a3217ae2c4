import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { persona, request, signInOnPages } from '../../support/journeys.ts'
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

  test('asks of a browser that is not signed in everything again but what it may share', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    await signIn(mock, portal)

    const { met } = await signIn(mock, portal)

    expect(met).toEqual(['identify', 'second-factor', 'passcode'])
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

describe('the line of steps', () => {
  const lineOf = ({ page }: Citizen) =>
    textOf(/<ol class="steps"[^]*?<\/ol>/.exec(page.text)?.[0] ?? '')
  const names = (line: string) => line.replaceAll(/ \([^)]*\)/g, '')

  /** What the line says at each page, until the browser is sent away. */
  async function linesOf(citizen: Citizen, person: Person): Promise<Map<string, string>> {
    const lines = new Map<string, string>()
    while (citizen.isOnPage) {
      lines.set(citizen.step, lineOf(citizen))
      await citizen.submit({
        number: person.number,
        password: person.account.password,
        code: citizen.code,
        role: person.id,
        agree: 'yes',
        passcode: person.account.passcode,
      })
    }
    return lines
  }

  test('is the same at every page once it is known who may act for others', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))

    const lines = await linesOf(citizen, await persona(mock, 'company-representative'))

    const [atFirst, ...later] = [...lines.values()].map(names)
    expect(atFirst).toBe('Đăng nhập Mã xác nhận Chia sẻ Passcode')
    expect(new Set(later)).toEqual(new Set(['Đăng nhập Mã xác nhận Vai trò Chia sẻ Passcode']))
    expect(lines.get('consent')).toBe(
      'Đăng nhập (đã xong) Mã xác nhận (đã xong) Vai trò (đã xong) Chia sẻ (đang ở bước này) Passcode (chưa tới)',
    )
  })

  test('has the face check from the first page on, where it will be asked for', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    const acr = 'urn:mock-vneid:authentication:4'
    await request(citizen, await relyingParty(mock), { acr_values: acr })

    const lines = await linesOf(citizen, await persona(mock, 'adult-level-2'))

    expect(new Set([...lines.values()].map(names))).toEqual(
      new Set(['Đăng nhập Mã xác nhận Khuôn mặt Chia sẻ Passcode']),
    )
  })

  test('of a step-up has only what is asked in it', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, portal, person)

    await request(citizen, portal, { acr_values: 'urn:mock-vneid:authentication:4' })

    expect(citizen.step).toBe('face')
    expect(lineOf(citizen)).toBe('Đăng nhập (đã xong) Khuôn mặt (đang ở bước này)')
    await citizen.submit()
    expect(citizen.isOnPage).toBe(false)
  })

  test('of somebody who is asked whether they are still there keeps its steps', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await signInOnPages(citizen, portal, await persona(mock, 'adult-level-2'))

    await request(citizen, portal, { prompt: 'select_account consent' })
    const asked = lineOf(citizen)
    await citizen.submit()

    expect(asked).toBe('Đăng nhập (đang ở bước này) Chia sẻ (chưa tới) Passcode (chưa tới)')
    expect(citizen.step).toBe('consent')
    expect(names(lineOf(citizen))).toBe(names(asked))
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
    expect(text).toContain('Mức độ tài khoản Mức độ 02')
    expect(text).toContain(`Ngày sinh ${person.birthDate.split('-').toReversed().join('/')}`)
    expect(text).not.toContain(person.email)
    expect(text).not.toContain('Thư điện tử')
  })

  test('names the country, and each part of what has several', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'foreigner-level-2')
    await request(citizen, portal, { scope: 'openid vneid:identity' })
    await citizen.submit({ number: person.number, password: person.account.password })

    await citizen.submit({ code: citizen.code })

    const day = (date = '') => date.split('-').toReversed().join('/')
    const { issuedOn, expiresOn } = person.card!
    expect(textOf(citizen.page.text)).toContain('Quốc tịch Đức')
    expect(textOf(citizen.page.text)).toContain(
      `Thẻ thường trú hoặc thẻ tạm trú Ngày cấp: ${day(issuedOn)} · Ngày hết hạn: ${day(expiresOn)}`,
    )
  })

  test('says what is told of a parent, and that they have confirmed', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    const [child, mother] = await Promise.all(
      ['child-13', 'guardian-of-two'].map((id) => persona(mock, id)),
    )
    await request(citizen, await relyingParty(mock), { scope: 'openid vneid:family' })
    await citizen.submit({ number: child!.number, password: child!.account.password })

    await citizen.submit({ code: citizen.code })

    expect(textOf(citizen.page.text)).toContain(
      `${mother!.name} · Số định danh cá nhân: ${mother!.number} · Đã xác nhận: Có`,
    )
  })
})
