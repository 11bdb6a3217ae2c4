import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { pass, persona, refusalOf } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { boxesOf, reachConsent, signInSharing } from './consent-page.ts'

const params = { scope: 'openid profile phone email' }

async function begin(settings: Record<string, unknown> = {}) {
  const clients = [aClient({})]
  const mock = await startMock({ config: configFolder({ clients, settings }) })
  const portal = await relyingParty(mock)
  const other = await relyingParty(mock, { clientId: 'other-rp' })
  const adult = await persona(mock, 'adult-level-2')
  return { mock, portal, other, adult, newBrowser: () => new Citizen(mock) }
}

describe('a consent', () => {
  test('is not asked for in a new browser, where the same is told and kept back', async () => {
    const { portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params, except: ['email'] })

    const { met, told } = await signInSharing(newBrowser(), portal, adult, { params })

    expect(met).toEqual(['identify', 'second-factor', 'passcode'])
    expect(await told()).toContain('phone_number')
    expect(await told()).not.toContain('email')
  })

  test('leaves no step of sharing in the line of steps, once it is known who signs in', async () => {
    const { portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params })
    const citizen = newBrowser()
    await citizen.open((await portal.begin(params)).url)
    await citizen.submit({ number: adult.number, password: adult.account.password })

    expect(citizen.step).toBe('second-factor')
    expect([...citizen.page.text.matchAll(/class="step step--/g)]).toHaveLength(3)
  })

  test('covers less than was agreed to, but not more', async () => {
    const { portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params })
    const metWith = async (scope: string) =>
      (await reachConsent(newBrowser(), portal, adult, { params: { scope } })).met

    await expect(metWith('openid email')).resolves.not.toContain('consent')
    await expect(metWith('openid email address')).resolves.toContain('consent')
  })

  test('is of one relying party', async () => {
    const { portal, other, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params })

    const { met } = await reachConsent(newBrowser(), other, adult, { params })

    expect(met).toContain('consent')
  })

  test('is of one person', async () => {
    const { mock, portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params })

    const someone = await persona(mock, 'adult-level-1')

    expect((await reachConsent(newBrowser(), portal, someone, { params })).met).toContain('consent')
  })

  test('is given on behalf of one: for oneself and for a child are two', async () => {
    const { mock, portal, newBrowser } = await begin()
    const mother = await persona(mock, 'guardian-of-two')
    const metFor = async (role: string) =>
      (await signInSharing(newBrowser(), portal, mother, { params, role })).met

    expect(await metFor(mother.id)).toContain('consent')
    expect(await metFor('child-13')).toContain('consent')
    expect(await metFor('child-13')).toEqual(['identify', 'second-factor', 'role', 'passcode'])
    expect(await metFor('child-5')).toContain('consent')
  })

  test('counts without any page in a browser that knows the person from elsewhere', async () => {
    const { portal, other, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params, except: ['email'] })
    const citizen = newBrowser()
    await signInSharing(citizen, other, adult, { params: { scope: 'openid' } })

    const tokens = await portal.redeem(await pass(citizen, portal, { ...params, prompt: 'none' }))

    const userinfo = await portal.userinfo(tokens.access_token, adult.sub)
    expect(userinfo).toHaveProperty('phone_number')
    expect(userinfo).not.toHaveProperty('email')
  })

  test('given in another browser meanwhile counts in this one too', async () => {
    const { portal, adult, newBrowser } = await begin()
    const citizen = newBrowser()
    await signInSharing(citizen, portal, adult, { params: { scope: 'openid profile' } })
    await signInSharing(newBrowser(), portal, adult, { params, except: ['phone_number'] })

    const tokens = await portal.redeem(await pass(citizen, portal, { ...params, prompt: 'none' }))

    const userinfo = await portal.userinfo(tokens.access_token, adult.sub)
    expect(userinfo).toHaveProperty('email')
    expect(userinfo).not.toHaveProperty('phone_number')
  })

  test('is asked for anew by prompt=consent, however much is remembered', async () => {
    const { portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params })
    const asked = { ...params, prompt: 'consent' }

    expect((await reachConsent(newBrowser(), portal, adult, { params: asked })).met).toContain(
      'consent',
    )
  })

  test('that was not given before the passcode is not remembered', async () => {
    const { portal, adult, newBrowser } = await begin()
    const citizen = newBrowser()
    await reachConsent(citizen, portal, adult, { params })
    await citizen.submit({ agree: 'yes' })
    expect(citizen.step).toBe('passcode')
    await citizen.submit({ do: 'cancel' })

    const { met } = await reachConsent(newBrowser(), portal, adult, { params })

    expect(met).toContain('consent')
  })

  test('of an automatic user is not remembered', async () => {
    const { portal, adult, newBrowser } = await begin()
    await portal.tokensFor(adult.id, params)

    const { met } = await reachConsent(newBrowser(), portal, adult, { params })

    expect(met).toContain('consent')
  })
})

describe('the time of a consent', () => {
  test('is ninety days by the clock of the world', async () => {
    const { mock, portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params })
    const met = async () => (await reachConsent(newBrowser(), portal, adult, { params })).met

    await mock.clock.advance({ by: '89d' })
    expect(await met()).not.toContain('consent')
    await mock.clock.advance({ by: '25h' })
    expect(await met()).toContain('consent')
  })

  test('ends in a browser that stays signed in, too', async () => {
    const { mock, portal, adult, newBrowser } = await begin({ sign_in: { consent_days: 1 } })
    const citizen = newBrowser()
    await signInSharing(citizen, portal, adult, { params })
    const quietly = async () => refusalOf((await pass(citizen, portal, asked)).url).error
    const asked = { ...params, prompt: 'none' }

    await mock.clock.advance({ by: '13h' })
    expect(await quietly()).toBeNull()
    await mock.clock.advance({ by: '13h' })
    expect(await quietly()).toBe('consent_required')
    expect((await signInSharing(citizen, portal, adult, { params })).met).toEqual(['consent'])
    expect(await quietly()).toBeNull()
  })

  test('counts for each claim from when it was agreed to', async () => {
    const { mock, portal, adult, newBrowser } = await begin({ sign_in: { consent_days: 10 } })
    const [phone, email] = [{ scope: 'openid phone' }, { scope: 'openid email' }]
    const met = async (asked: Record<string, string>) =>
      (await reachConsent(newBrowser(), portal, adult, { params: asked })).met
    await signInSharing(newBrowser(), portal, adult, { params: phone })
    await mock.clock.advance({ by: '6d' })
    await signInSharing(newBrowser(), portal, adult, { params: email })
    await mock.clock.advance({ by: '6d' })

    expect(await met(email)).not.toContain('consent')
    expect(await met(phone)).toContain('consent')
  })

  test('that kept something back comes back so, where more is asked or it is asked again', async () => {
    const { portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params, except: ['email'] })
    const boxesWith = async (more: Record<string, string>) => {
      const citizen = newBrowser()
      await reachConsent(citizen, portal, adult, { params: { ...params, ...more } })
      return boxesOf(citizen)
    }

    expect(await boxesWith({ prompt: 'consent' })).toEqual({ phone_number: true, email: false })
    expect(await boxesWith({ scope: `${params.scope} address` })).toMatchObject({ email: false })
  })

  test('keeps what was ticked when the form was not complete', async () => {
    const { portal, adult, newBrowser } = await begin()
    await signInSharing(newBrowser(), portal, adult, { params, except: ['email'] })
    const citizen = newBrowser()
    await reachConsent(citizen, portal, adult, { params: { ...params, prompt: 'consent' } })
    await citizen.submit({ offered: ['phone_number', 'email'], shared: ['email'] } as never)

    expect(boxesOf(citizen)).toEqual({ phone_number: false, email: true })
  })

  test('is asked for again once it was made to expire, in that browser and in any other', async () => {
    const { mock, portal, adult, newBrowser } = await begin()
    const citizen = newBrowser()
    const { told } = await signInSharing(citizen, portal, adult, { params })
    const { signInId } = await mock.signIn({ as: 'adult-level-1', client: 'other-rp' })

    await expect(mock.expire('consent', { signIn: signInId })).rejects.toThrow('outlives')
    expect(await mock.expire('consent', { person: 'adult-level-2', client: 'other-rp' })).toEqual({
      expired: 0,
    })
    expect(await mock.expire('consent', { person: 'adult-level-2' })).toEqual({ expired: 1 })

    expect(await told()).toContain('phone_number')
    expect((await reachConsent(citizen, portal, adult, { params })).met).toEqual(['consent'])
    const elsewhere = await reachConsent(newBrowser(), portal, adult, { params })
    expect(elsewhere.met).toEqual(['identify', 'second-factor', 'consent'])
    expect(await mock.expire('consent', { client: 'other-rp' })).toEqual({ expired: 1 })
    expect(await mock.expire('consent')).toEqual({ expired: 0 })
  })

  test('is that of the session where the settings remember nothing beyond it', async () => {
    const { portal, adult, newBrowser } = await begin({ sign_in: { consent_days: 0 } })
    const citizen = newBrowser()
    await signInSharing(citizen, portal, adult, { params, except: ['email'] })

    const callback = await pass(citizen, portal, params)
    const elsewhere = await reachConsent(newBrowser(), portal, adult, { params })

    expect(refusalOf(callback.url).error).toBeNull()
    expect(elsewhere.met).toContain('consent')
  })
})
