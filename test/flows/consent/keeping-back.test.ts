import { refreshTokenGrant, tokenIntrospection } from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { configFolder } from '../../support/config-folder.ts'
import { pass, persona, refusalOf, request } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { problemAt } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { boxesOf, reachConsent, share, signInSharing } from './consent-page.ts'

const scope = 'openid profile phone email'
const params = { scope }

async function begin() {
  const config = configFolder({ settings: { provider: { discovery: 'full' } } })
  const mock = await startMock({ config })
  const [portal, adult] = [await relyingParty(mock), await persona(mock, 'adult-level-2')]
  return { mock, portal, adult, citizen: new Citizen(mock) }
}

describe('a claim that was unticked', () => {
  test('is told nowhere, nor what goes along with it', async () => {
    const { portal, adult, citizen } = await begin()
    const asked = {
      scope: `${scope} offline_access`,
      prompt: 'consent',
      claims: JSON.stringify({
        id_token: { email: null, email_verified: null, phone_number: null },
      }),
    }

    const { tokens, claims, told } = await signInSharing(citizen, portal, adult, {
      params: asked,
      except: ['email'],
    })
    const renewed = await refreshTokenGrant(portal.config, tokens.refresh_token!)
    const after = await portal.userinfo(renewed.access_token, claims.sub)
    const introspected = await tokenIntrospection(portal.config, renewed.access_token)

    expect(claims).toHaveProperty('phone_number', adult.phone)
    expect(await told()).toContain('phone_number_verified')
    for (const said of [claims, Object.fromEntries((await told()).map((name) => [name, 1]))]) {
      expect(said).not.toHaveProperty('email')
      expect(said).not.toHaveProperty('email_verified')
    }
    expect(renewed.claims()).not.toHaveProperty('email')
    expect(after).not.toHaveProperty('email')
    expect(JSON.stringify(introspected)).not.toContain(adult.email)
  })

  test('stays unticked when something else was wrong with the answer', async () => {
    const { portal, adult, citizen } = await begin()
    await reachConsent(citizen, portal, adult, { params })

    await share(citizen, { except: ['email'], agree: '' })

    expect(problemAt(citizen.page.text, 'agree')?.isMarked).toBe(true)
    expect(boxesOf(citizen)).toEqual({ phone_number: true, email: false })
  })

  test('is ticked again by whoever changes their mind', async () => {
    const { portal, adult, citizen } = await begin()
    const { met: _met, ...secrets } = await reachConsent(citizen, portal, adult, { params })
    await share(citizen, { except: ['email'], agree: '' })
    const fields = { offered: ['phone_number', 'email'], shared: ['email'], agree: 'yes' }
    await citizen.submit(fields as never)
    await citizen.submit({ passcode: adult.account.passcode })
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    const userinfo = await portal.userinfo(tokens.access_token, adult.sub)

    expect(userinfo).toHaveProperty('email')
    expect(userinfo).not.toHaveProperty('phone_number')
  })

  test('is not asked for again by the same request, and stays untold', async () => {
    const { portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })

    const callback = await pass(citizen, portal, params)

    const tokens = await portal.redeem(callback)
    const userinfo = await portal.userinfo(tokens.access_token, adult.sub)
    expect(userinfo).toHaveProperty('phone_number')
    expect(userinfo).not.toHaveProperty('email')
  })

  test('is asked for again when the relying party cannot do without it any more', async () => {
    const { portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })
    const claims = JSON.stringify({ userinfo: { email: { essential: true } } })

    const { met } = await reachConsent(citizen, portal, adult, { params: { scope, claims } })

    expect([met, boxesOf(citizen)]).toEqual([['consent'], { phone_number: true }])
  })

  test('is asked for again by prompt=consent, and told when it is ticked now', async () => {
    const { portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })

    const { met, told } = await signInSharing(citizen, portal, adult, {
      params: { scope, prompt: 'consent' },
      also: ['email'],
      except: ['phone_number'],
    })

    expect(met).toEqual(['consent'])
    expect(await told()).toContain('email')
    expect(await told()).not.toContain('phone_number')
  })

  test('cannot be one that is essential, whatever a form says', async () => {
    const { portal, adult, citizen } = await begin()
    await reachConsent(citizen, portal, adult, { params })

    await citizen.submit({ offered: 'name', agree: 'yes' })

    expect(problemAt(citizen.page.text, 'agree')?.atField).toBe(
      'Chỉ có thể bỏ chọn những thông tin tùy chọn.',
    )
    expect(boxesOf(citizen)).toEqual({ phone_number: true, email: true })
  })
})

describe('more than was agreed to', () => {
  const more = { scope: `${scope} address` }

  test('is asked for, and nothing is told of it without a page', async () => {
    const { portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params })

    const quiet = await pass(citizen, portal, { ...more, prompt: 'none' })
    const { met } = await reachConsent(citizen, portal, adult, { params: more })

    expect(refusalOf(quiet.url).error).toBe('consent_required')
    expect(met).toEqual(['consent'])
  })

  test('adds to what was agreed before', async () => {
    const { portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })
    const address = { scope: 'openid address' }
    await signInSharing(citizen, portal, adult, { params: address })

    const callback = await pass(citizen, portal, { ...more, prompt: 'none' })

    const tokens = await portal.redeem(callback)
    const userinfo = await portal.userinfo(tokens.access_token, adult.sub)
    expect(userinfo).toMatchObject({ phone_number: adult.phone, address: expect.anything() })
    expect(userinfo).not.toHaveProperty('email')
  })

  test('is whatever has a value since: nobody saw it, so it is not told until somebody has', async () => {
    const { mock, portal, citizen } = await begin()
    const person = await mock.people.create({ age: 30, level: 2 })
    await mock.people.change(person, { email: null })
    const { told } = await signInSharing(citizen, portal, person, { params })
    await mock.people.change(person, { email: 'new@example.com' })

    expect(await told()).not.toContain('email')
    const { met } = await reachConsent(citizen, portal, person, { params })
    expect([met, boxesOf(citizen)['email']]).toEqual([['consent'], true])
    const again = new Citizen(mock)
    await reachConsent(again, portal, person, { params })
    expect(again.step).toBe('consent')
  })
})

describe('an automatic user', () => {
  test('agrees to everything, also in the session of one who kept something back', async () => {
    const { portal, adult, citizen } = await begin()
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })
    const hint = { login_hint: 'auto:adult-level-2', prompt: 'consent' }

    const tokens = await portal.redeem(await pass(citizen, portal, { scope, ...hint }))

    expect(await portal.userinfo(tokens.access_token, adult.sub)).toHaveProperty('email')
  })

  test('who walks the pages by one click shares everything', async () => {
    const { portal, adult, citizen } = await begin()
    const secrets = await request(citizen, portal, params)
    await citizen.submit({ as: adult.id })

    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    expect(await portal.userinfo(tokens.access_token, adult.sub)).toHaveProperty('email')
  })
})

describe('an answer by the control API', () => {
  test('keeps back what it names, and is written down with it', async () => {
    const { mock, portal, adult, citizen } = await begin()
    const { met: _met, ...secrets } = await reachConsent(citizen, portal, adult, { params })
    const { id } = await mock.signIns.wait({ step: 'consent', person: adult })

    await mock.signIns.answer(id, { step: 'consent', agrees: true, withholds: ['email'] })
    await citizen.open(citizen.path)
    await citizen.submit({ passcode: adult.account.passcode })

    const tokens = await portal.redeem({ ...secrets, url: citizen.away })
    expect(await portal.userinfo(tokens.access_token, adult.sub)).not.toHaveProperty('email')
    const entries = await mock.journal.list({ endpoint: 'sign-in', person: adult })
    expect(entries.map(({ asked }) => asked)).toContainEqual(
      expect.objectContaining({ step: 'consent', withholds: 'email' }),
    )
  })

  test('is not taken when it keeps back what is essential', async () => {
    const { mock, portal, adult, citizen } = await begin()
    await reachConsent(citizen, portal, adult, { params })
    const { id } = await mock.signIns.wait({ step: 'consent', person: adult })

    const after = await mock.signIns.answer(id, {
      step: 'consent',
      agrees: true,
      withholds: ['birthdate'],
    })

    expect(after.step).toBe('consent')
    const last = (await mock.journal.list({ endpoint: 'sign-in' })).at(-1)
    expect(last).toMatchObject({ decided: 'claim_not_optional', isOk: false })
  })
})
