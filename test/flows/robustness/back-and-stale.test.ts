import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { persona, refusalOf, request, signInOnPages } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

const notice = 'Biểu mẫu đó đã được gửi rồi. Hãy tiếp tục từ bước này.'

async function begin(id = 'adult-level-2') {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const citizen = new Citizen(mock)
  const person = await persona(mock, id)
  const secrets = await request(citizen, portal)
  const credentials = { number: person.number, password: person.account.password }
  return { mock, portal, citizen, person, secrets, credentials }
}

describe('the back button', () => {
  test('in mid-journey shows the step that the sign-in is at', async () => {
    const { citizen, credentials } = await begin()
    await citizen.submit(credentials)
    await citizen.submit({ code: citizen.code })

    await citizen.open(citizen.path)

    expect(citizen.step).toBe('consent')
  })

  test('after the end shows a page that says what to do', async () => {
    const { citizen } = await begin()
    const { path } = citizen
    await citizen.submit({ as: 'adult-level-2' })

    await citizen.open(path)

    expect(citizen.page.status).toBe(410)
    const text = textOf(citizen.page.text)
    expect(text).toContain('Lần đăng nhập này đã kết thúc')
    expect(text).toContain('Hãy quay lại cổng dịch vụ.')
  })

  test('after the end speaks English to somebody who had chosen it', async () => {
    const { citizen } = await begin()
    const { path } = citizen
    await citizen.open(`${path}?lang=en`)
    await citizen.submit({ as: 'adult-level-2' })

    await citizen.open(path)

    expect(textOf(citizen.page.text)).toContain('Go back to the portal.')
  })

  test('after a cancelled sign-in is not a way to go on with it', async () => {
    const { citizen, credentials } = await begin()
    const { path, form } = citizen
    await citizen.submit({ do: 'cancel' })
    await citizen.submit()

    citizen.path = path
    await citizen.submit(credentials, form)

    expect(citizen.page.status).toBe(410)
  })

  test('after the end offers the way to a portal that has an address', async () => {
    const client = aClient({
      client_id: 'portal-rp',
      client_secret: 'portal-rp-secret',
      client_name: 'Cổng Ví Dụ',
      client_uri: 'https://portal.example.vn/',
    })
    const mock = await startMock({ config: configFolder({ clients: [client] }) })
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock, { clientId: 'portal-rp' }))
    const { path } = citizen
    await citizen.submit({ as: 'adult-level-2' })

    await citizen.open(path)

    expect(citizen.page.text).toContain('href="https://portal.example.vn/">Quay về Cổng Ví Dụ<')
  })

  test('finds nothing in the browser’s memory: no page may be kept', async () => {
    const { citizen } = await begin()

    expect(citizen.page.headers['cache-control']).toBe('no-store')
  })
})

describe('a form that was left open in one tab', () => {
  test('brings its tab to where the other has gone on to', async () => {
    const { citizen, credentials } = await begin()
    const left = citizen.tab()
    await left.open(citizen.path)
    await citizen.submit(credentials)

    await left.submit({ ...credentials, password: 'wrong' })

    expect(left.step).toBe('second-factor')
    expect(textOf(left.page.text)).toContain(notice)
    expect(left.page.text).not.toContain('role="alert"')
  })

  test('does not cancel what the other tab has gone on with', async () => {
    const { citizen, credentials } = await begin()
    const left = citizen.tab()
    await left.open(citizen.path)
    await citizen.submit(credentials)

    await left.submit({ do: 'cancel' })

    expect(left.step).toBe('second-factor')
  })

  test('shows the end of what was cancelled in the other', async () => {
    const { citizen, credentials } = await begin()
    const left = citizen.tab()
    await left.open(citizen.path)
    await citizen.submit({ do: 'cancel' })

    await left.submit(credentials)

    expect(left.step).toBe('refused')
    await left.submit()
    expect(refusalOf(left.away).reason).toBe('cancelled')
  })

  test('is told when the other tab is done', async () => {
    const { citizen, credentials } = await begin()
    const left = citizen.tab()
    await left.open(citizen.path)
    await citizen.submit({ as: 'adult-level-2' })

    await left.submit(credentials)

    expect(left.page.status).toBe(410)
  })
})

test('a form without its single-use word, or with a made-up one, moves nothing', async () => {
  const { citizen, credentials } = await begin()

  await citizen.submit(credentials, '')
  expect(citizen.step).toBe('identify')
  await citizen.submit(credentials, 'AAAAAAAAAAAAAAAAAAAAAA')
  expect(citizen.step).toBe('identify')

  expect(textOf(citizen.page.text)).toContain(notice)
})

test('the word of one sign-in is no good in another', async () => {
  const { mock, portal, citizen, credentials } = await begin()
  const other = new Citizen(mock)
  await request(other, portal)

  await other.submit(credentials, citizen.form)

  expect(other.step).toBe('identify')
  expect(citizen.form).not.toBe(other.form)
})

test('a new sign-in from the page that is over ends well', async () => {
  const { portal, citizen, person } = await begin()
  const { path } = citizen
  await citizen.submit({ do: 'cancel' })
  await citizen.submit()
  await citizen.open(path)
  expect(citizen.page.status).toBe(410)

  const tokens = await portal.redeem(await signInOnPages(citizen, portal, person))

  expect(tokens.claims()?.sub).toBe(person.sub)
})
