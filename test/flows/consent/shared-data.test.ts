import { refreshTokenGrant } from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { pass, persona, refusalOf } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { reachConsent, signInSharing } from './consent-page.ts'

const params = { scope: 'openid profile phone email' }
const offline = { scope: `${params.scope} offline_access`, prompt: 'consent' }

async function begin() {
  const clients = [aClient({ client_name: 'Cổng khác' })]
  const mock = await startMock({ config: configFolder({ clients }) })
  const portal = await relyingParty(mock)
  const other = await relyingParty(mock, { clientId: 'other-rp' })
  const adult = await persona(mock, 'adult-level-2')
  return { mock, portal, other, adult, citizen: new Citizen(mock) }
}

/** Opens the page; its text without the frame that every page has. */
async function look(citizen: Citizen): Promise<string> {
  await citizen.open('/shared-data')
  return textOf(/<main[^]*<\/main>/.exec(citizen.page.text)![0])
}

/** Presses "Thu hồi" at a relying party. */
const withdraw = (citizen: Citizen, fields: Record<string, string> = {}) =>
  citizen.submit({ relying_party: 'test-rp', ...fields })

describe('the page of what somebody shares', () => {
  test('tells nobody anything, but how to sign in', async () => {
    const { citizen } = await begin()

    expect(await look(citizen)).toContain('Chưa có ai đăng nhập trong trình duyệt này.')
  })

  test('names relying parties and claims, those kept back too, since when and until when', async () => {
    const { mock, portal, other, adult, citizen } = await begin()
    await mock.clock.freeze({ at: '2026-10-01T09:30:00+07:00' })
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })
    await mock.clock.advance({ by: '1h' })
    await signInSharing(citizen, other, adult, { params: { scope: 'openid address' } })

    const text = await look(citizen)

    expect(text).toContain(`theo sự đồng ý của ${adult.name}.`)
    expect(text).toContain(
      'Cổng thử nghiệm Thông tin chia sẻ Mã định danh tài khoản Họ và tên Ngày sinh Giới tính Ngôn ngữ Cập nhật lần cuối Số điện thoại Thông tin bạn không chia sẻ Thư điện tử Chia sẻ từ 09:30 01/10/2026 Có hiệu lực đến 09:30 30/12/2026 Thu hồi',
    )
    expect(text).toContain('Cổng khác Thông tin chia sẻ Mã định danh tài khoản Địa chỉ Chia sẻ từ')
    expect(text.indexOf('Cổng khác')).toBeLessThan(text.indexOf('Cổng thử nghiệm'))
  })

  test('says on whose behalf', async () => {
    const { mock, portal, citizen } = await begin()
    const mother = await persona(mock, 'guardian-of-two')
    await signInSharing(citizen, portal, mother, { params, role: 'child-13' })

    const { name } = await persona(mock, 'child-13')

    expect(await look(citizen)).toContain(`Cổng thử nghiệm Thay mặt cho ${name}.`)
  })

  test('knows of what was agreed to without a page, for as long as it can be fetched', async () => {
    const { mock, portal, citizen } = await begin()
    await pass(citizen, portal, { ...params, login_hint: 'auto:adult-level-2' })

    const before = await look(citizen)
    await mock.clock.advance({ by: '9m' })
    const asWell = await look(citizen)
    await mock.clock.advance({ by: '2m' })

    expect(before).toContain('Thư điện tử')
    expect(asWell).toContain('Thư điện tử')
    expect(await look(citizen)).not.toContain('Thư điện tử')
  })

  test('is in the language of the browser, and of nobody whose account cannot be used', async () => {
    const { mock, portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params })
    await citizen.open('/shared-data?lang=en')
    const english = textOf(citizen.page.text)
    await mock.people.change(adult, { state: 'locked' })

    expect(english).toContain('Who receives information because')
    expect(await look(citizen)).toContain('Nobody is signed in in this browser.')
  })

  test('is reached from the home page and from the page of consent', async () => {
    const { mock, portal, adult, citizen } = await begin()
    const link = `href="${mock.issuer}/shared-data"`
    await citizen.open('/')
    expect(citizen.page.text).toContain(link)

    await reachConsent(citizen, portal, adult, { params })

    expect(citizen.page.text).toContain(link)
  })

  test('is a page of its own in each world', async () => {
    const { mock, citizen } = await begin()
    const world = await mock.world()
    const adult = await world.people.get('adult-level-2')
    await signInSharing(citizen, await relyingParty(world), adult, { params })

    const path = `${new URL(world.issuer).pathname}/shared-data`
    await citizen.open(`${world.issuer}/shared-data`)
    expect(citizen.page.text).toContain(`action="${path}"`)
    expect(textOf(citizen.page.text)).toContain(adult.name)
    expect(await look(new Citizen(mock))).toContain('Chưa có ai đăng nhập')
  })
})

describe('withdrawing', () => {
  test('ends the tokens and the grant, and says so', async () => {
    const { portal, adult, citizen } = await begin()
    const { tokens, claims } = await signInSharing(citizen, portal, adult, { params: offline })
    await look(citizen)

    await withdraw(citizen)

    expect(textOf(citizen.page.text)).toContain('Cổng thử nghiệm không còn nhận được thông tin')
    expect(await look(citizen)).toContain('Hiện không có nơi nào nhận được thông tin của bạn.')
    await expect(portal.userinfo(tokens.access_token, claims.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
    await expect(refreshTokenGrant(portal.config, tokens.refresh_token!)).rejects.toEqual(
      refused('invalid_grant'),
    )
  })

  test('is asked again afterwards: here, quietly, and in any other browser', async () => {
    const { mock, portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params })
    await look(citizen)
    await withdraw(citizen)

    const quiet = await pass(citizen, portal, { ...params, prompt: 'none' })
    const elsewhere = await reachConsent(new Citizen(mock), portal, adult, { params })
    const here = await reachConsent(citizen, portal, adult, { params })

    expect(refusalOf(quiet.url).error).toBe('consent_required')
    expect(elsewhere.met).toContain('consent')
    expect(here.met).toEqual(['consent'])
  })

  test('ends what other browsers were given, and nothing of other relying parties', async () => {
    const { mock, portal, other, adult, citizen } = await begin()
    const elsewhere = await signInSharing(new Citizen(mock), portal, adult, { params })
    await signInSharing(citizen, portal, adult, { params })
    const kept = await signInSharing(citizen, other, adult, { params })
    await look(citizen)

    await withdraw(citizen)

    await expect(elsewhere.told()).rejects.toEqual(refused('invalid_token'))
    expect(await kept.told()).toContain('email')
    expect(await look(citizen)).toContain('Cổng khác')
  })

  test('for a child leaves what was agreed for oneself', async () => {
    const { mock, portal, citizen } = await begin()
    const mother = await persona(mock, 'guardian-of-two')
    const own = await signInSharing(citizen, portal, mother, { params })
    const elsewhere = new Citizen(mock)
    const childs = await signInSharing(elsewhere, portal, mother, { params, role: 'child-13' })
    await look(citizen)

    await withdraw(citizen, { of: 'child-13' })

    await expect(childs.told()).rejects.toEqual(refused('invalid_token'))
    expect(await own.told()).toContain('email')
  })

  test('is written down', async () => {
    const { mock, portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params })
    await look(citizen)
    await withdraw(citizen)

    const [entry] = await mock.journal.list({ endpoint: 'shared-data' })

    expect(entry).toMatchObject({
      clientId: 'test-rp',
      personId: 'adult-level-2',
      decided: 'consent withdrawn',
      isOk: true,
    })
  })
})

describe('nothing is withdrawn', () => {
  async function shared() {
    const begun = await begin()
    const { told } = await signInSharing(begun.citizen, begun.portal, begun.adult, { params })
    await look(begun.citizen)
    return { ...begun, told }
  }

  test.each([
    ['made up', () => 'made-up'],
    ['left out', () => ''],
  ])('by a form whose word is %s', async (_what, form) => {
    const { citizen, told } = await shared()

    const reply = await citizen.send({ relying_party: 'test-rp' }, form())

    expect(reply.status).toBe(409)
    expect(textOf(reply.text)).toContain('Chưa có gì thay đổi')
    expect(await told()).toContain('email')
  })

  test('by the form of another browser', async () => {
    const { mock, portal, adult, citizen, told } = await shared()
    const other = new Citizen(mock)
    await signInSharing(other, portal, adult, { params })
    await look(other)

    const reply = await citizen.send({ relying_party: 'test-rp' }, other.form)

    expect(reply.status).toBe(409)
    expect(await told()).toContain('email')
  })

  test('by another site, nor by what is no form', async () => {
    const { citizen, told } = await shared()
    const { form } = citizen
    const fields = { form, relying_party: 'test-rp' }
    const post = () => citizen.agent.post('/shared-data')

    const foreign = await post().set('Sec-Fetch-Site', 'cross-site').type('form').send(fields)
    const json = await post().type('json').send(fields)

    expect([foreign.status, json.status]).toEqual([403, 415])
    expect(await told()).toContain('email')
  })

  test('for a relying party that has nothing', async () => {
    const { citizen, told } = await shared()

    const reply = await citizen.send({ relying_party: 'other-rp' })

    expect(reply.status).toBe(409)
    expect(await told()).toContain('email')
  })

  test('by an address that says it was', async () => {
    const { citizen, told } = await shared()

    await citizen.open('/shared-data?withdrawn=test-rp')

    expect(textOf(citizen.page.text)).not.toContain('không còn nhận được')
    expect(await told()).toContain('email')
  })
})
