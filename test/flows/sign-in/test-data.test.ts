import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { configFolder } from '../../support/config-folder.ts'
import { persona, refusalOf, request } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

describe('the drawer of test data', () => {
  test.each(['vi', 'en'] as const)(
    'lists in %s everyone one can be, and what for',
    async (language) => {
      const mock = await startMock()
      const citizen = new Citizen(mock)

      await request(citizen, await relyingParty(mock), { ui_locales: language })

      const text = textOf(citizen.page.text)
      const personas = await mock.personas()
      expect(personas.length).toBeGreaterThanOrEqual(10)
      for (const { id, name, number, account, tests } of personas) {
        expect(text).toContain(`${name} ${id}`)
        expect(text).toContain(tests![language])
        expect(text).toContain(number)
        expect(text).toContain(account.password)
      }
    },
  )

  test('shows after the first step only what is still to be typed', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    const { number, account } = await persona(mock, 'adult-level-2')
    await request(citizen, await relyingParty(mock))

    await citizen.submit({ number, password: account.password })

    const text = textOf(citizen.page.text)
    expect(text).toContain(account.passcode)
    expect(text).not.toContain('adult-level-1')
  })
})

describe('one click on a persona', () => {
  test('signs in as them, by the same steps', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const { sub } = await persona(mock, 'adult-level-1')
    const secrets = await request(citizen, portal)

    await citizen.submit({ as: 'adult-level-1' })

    const claims = (await portal.redeem({ ...secrets, url: citizen.away })).claims()!
    expect(claims).toMatchObject({
      sub,
      acr: 'urn:mock-vneid:level:1',
      amr: ['pwd', 'otp', 'pin', 'mfa'],
    })
  })

  test('on somebody who cannot sign in leads to the page that says why', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))

    await citizen.submit({ as: 'card-expired' })

    expect(citizen.step).toBe('refused')
    expect(textOf(citizen.page.text)).toContain('Thẻ căn cước đã hết hạn')
    await citizen.submit()
    expect(refusalOf(citizen.away).reason).toBe('card_expired')
  })

  test('needs nobody to read a code', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))

    await citizen.submit({ as: 'adult-level-2' })

    expect(mock.logged.map(({ event }) => event)).toEqual(['sign-in-ended'])
  })

  test('after a mistake signs in all the same', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))
    await citizen.submit({ number: 'x', password: 'x' })

    await citizen.submit({ as: 'adult-level-2' })

    expect(citizen.away.searchParams.has('code')).toBe(true)
  })

  test('on nobody that is known changes nothing', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))

    await citizen.submit({ as: 'nobody' })

    expect(citizen.step).toBe('identify')
  })
})

describe('where test data is switched off', () => {
  const start = () =>
    startMock({ config: configFolder({ settings: { pages: { test_data: false } } }) })

  test('no page shows a persona, a password or a code', async () => {
    const mock = await start()
    const citizen = new Citizen(mock)
    const { number, account } = await persona(mock, 'adult-level-2')
    await request(citizen, await relyingParty(mock))
    const identify = citizen.page.text
    await citizen.submit({ number, password: account.password })
    const sent = mock.logged.find((event) => event.event === 'code-sent')!

    const home = (await citizen.agent.get('/')).text
    for (const page of [identify, citizen.page.text, home]) {
      expect(page).not.toContain(account.password)
      expect(page).not.toContain('adult-level-1')
      expect(page).not.toContain('class="tool"')
      expect(page).not.toContain(sent.code)
    }
    expect(citizen.step).toBe('second-factor')
  })

  test('the code that the terminal shows signs in', async () => {
    const mock = await start()
    const citizen = new Citizen(mock)
    const { number, account } = await persona(mock, 'adult-level-2')
    await request(citizen, await relyingParty(mock))
    await citizen.submit({ number, password: account.password })
    const sent = mock.logged.find((event) => event.event === 'code-sent')!

    await citizen.submit({ code: sent.code })

    expect(citizen.step).toBe('consent')
  })

  test('the button of a persona that no page offered signs nobody in', async () => {
    const mock = await start()
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))

    await citizen.submit({ as: 'adult-level-2' })

    expect(citizen.step).toBe('identify')
  })
})
