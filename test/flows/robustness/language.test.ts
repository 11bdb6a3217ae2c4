import { beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { persona, request, walk } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { problemAt, textOf } from '../../support/page-parts.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

let mock: TestMock
let portal: RelyingParty
let citizen: Citizen

beforeEach(async () => {
  mock = await startMock()
  portal = await relyingParty(mock)
  citizen = new Citizen(mock)
})

const languageOf = ({ page }: Citizen) => /<html lang="(\w+)"/.exec(page.text)?.[1]

/** Follows the link at the top of the page. */
const switchTo = (language: string) => {
  const link = new RegExp(`<a lang="${language}"[^>]* href="([^"]+)"`).exec(citizen.page.text)
  return citizen.open(link![1]!)
}

describe('the language switch in mid-journey', () => {
  test('keeps the step, the code and the form', async () => {
    const person = await persona(mock, 'adult-level-2')
    const secrets = await request(citizen, portal)
    await citizen.submit({ number: person.number, password: person.account.password })
    const { code, form } = citizen

    await switchTo('en')

    expect(languageOf(citizen)).toBe('en')
    expect([citizen.step, citizen.code, citizen.form]).toEqual(['second-factor', code, form])
    const tokens = await portal.redeem({ ...secrets, url: await walk(citizen, person) })
    expect(tokens.claims()?.sub).toBe(person.sub)
  })

  test('keeps the message at the field and the number that was typed', async () => {
    const { number } = await persona(mock, 'adult-level-2')
    await request(citizen, portal)
    await citizen.submit({ number, password: 'wrong' })

    await switchTo('en')

    expect(problemAt(citizen.page.text, 'password')?.atField).toBe(
      'The number or the password is wrong.',
    )
    expect(citizen.page.text).toContain(`value="${number}"`)
  })

  test('holds for the pages that follow, and can be taken back', async () => {
    const { number, account } = await persona(mock, 'adult-level-2')
    await request(citizen, portal)
    await switchTo('en')
    await citizen.submit({ number, password: account.password })
    expect(languageOf(citizen)).toBe('en')

    await switchTo('vi')

    expect(languageOf(citizen)).toBe('vi')
    expect(citizen.step).toBe('second-factor')
  })

  test('is stronger than the relying party’s wish, and outlives the sign-in', async () => {
    await request(citizen, portal, { ui_locales: 'en' })
    expect(languageOf(citizen)).toBe('en')
    await switchTo('vi')

    await request(citizen, portal, { ui_locales: 'en' })

    expect(languageOf(citizen)).toBe('vi')
  })
})

test('a wish is forgotten with the next wish', async () => {
  await request(citizen, portal, { ui_locales: 'en' })

  await request(citizen, portal, { ui_locales: 'vi' })
  expect(languageOf(citizen)).toBe('vi')
  await request(citizen, portal)

  expect(languageOf(citizen)).toBe('vi')
})

describe('a language that', () => {
  test.each([
    ['is not asked for', undefined, 'vi'],
    ['is English for a country', 'en-GB', 'en'],
    ['is the second wish', 'fr en', 'en'],
    ['nobody here speaks', 'fr de', 'vi'],
    ['is no language', '<script>', 'vi'],
  ])('%s (%s) is %s', async (_what, wish, language) => {
    await request(citizen, portal, wish === undefined ? {} : { ui_locales: wish })

    expect(languageOf(citizen)).toBe(language)
    expect(citizen.page.headers['content-language']).toBe(language)
  })
})

test.each(['fr', '', 'en%00', '../../x'])(
  'a switch to "%s" is a switch to Vietnamese',
  async (tag) => {
    await request(citizen, portal, { ui_locales: 'en' })
    const { step } = citizen

    await citizen.open(`${citizen.path}?lang=${tag}`)

    expect(languageOf(citizen)).toBe('vi')
    expect(citizen.step).toBe(step)
    expect(textOf(citizen.page.text)).toContain('MÔ PHỎNG')
  },
)
