import { describe, expect, test } from 'vitest'
import { aProvider, discoveryWith, findings, ills, look, network, type Reply } from './provider.ts'

const wellKnown = '/.well-known/openid-configuration'
const answering = (reply: Reply) => aProvider({ [wellKnown]: () => reply })

describe('a discovery document', () => {
  test('is not there', async () => {
    const { origin } = await answering({ status: 404 })

    const diagnosis = await look(origin)

    expect(ills(diagnosis)).toEqual(['discovery wrong'])
    expect(diagnosis.findings[0]?.what).toBe(
      `there is no discovery document at ${origin}${wellKnown} (404).`,
    )
  })

  test('is not there under a path that the issuer does not have', async () => {
    const { origin } = await aProvider()

    const diagnosis = await look(`${origin}/realms/tinh`)

    expect(diagnosis.findings[0]?.fix).toBe(
      `Check the path of the issuer. Mock VNeID’s has none: ${origin}`,
    )
  })

  test('is a web page', async () => {
    const { origin } = await answering({ body: '<!doctype html><title>nginx</title>' })

    expect((await look(origin)).findings[0]?.what).toContain('answers with a web page')
  })

  test('is a page of the demo portal, whose port was taken for the provider’s', async () => {
    const { origin } = await answering({ body: '<!doctype html>' })

    const diagnosis = await look('http://localhost:3007', {
      fetch: network({ 'http://localhost:3007': origin }),
    })

    expect(diagnosis.findings[0]?.fix).toBe(
      'Port 3007 is the demo portal. The provider is on 3006.',
    )
  })

  test.each(['{"issuer":', '[]', 'null', ''])('is no JSON object: %j', async (body) => {
    const { origin } = await answering({ body, headers: { 'Content-Type': 'application/json' } })

    expect((await look(origin)).findings[0]?.what).toContain('not a JSON object')
  })

  test('lacks what every relying party needs', async () => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ jwks_uri: undefined, token_endpoint: 7 })),
    )

    expect((await look(origin)).findings[0]?.what).toMatch(/has no token_endpoint and jwks_uri\.$/)
  })

  test('redirects to https, and is not followed', async () => {
    const { origin } = await answering({
      status: 301,
      headers: { Location: `https://mock.example.vn${wellKnown}` },
    })

    const diagnosis = await look('http://mock.example.vn', {
      fetch: network({ 'http://mock.example.vn': origin }),
    })

    expect(diagnosis.findings[0]).toMatchObject({
      what: expect.stringContaining('and was not followed'),
      fix: 'Use https in the portal’s settings: https://mock.example.vn',
    })
  })

  test('redirects to another host, which is not called', async () => {
    const { origin: other, heard } = await aProvider()
    const { origin } = await answering({ status: 302, headers: { Location: other } })

    const diagnosis = await look(origin)

    expect(diagnosis.findings[0]?.fix).toContain(`"${other}"?`)
    expect(heard).toEqual([])
  })

  test.each([
    [502, 'A proxy before the provider cannot reach it'],
    [503, 'the provider is starting, or cannot reach its store'],
  ])('is answered for with %i', async (status, why) => {
    const { origin } = await answering({ status, headers: { 'Retry-After': '1' } })

    expect((await look(origin)).findings[0]).toMatchObject({
      what: expect.stringContaining(`answers ${status} for the discovery document`),
      why: expect.stringContaining(why),
    })
  })

  test('is held back by a proxy that wants a password', async () => {
    const { origin } = await answering({ status: 407 })

    expect(ills(await look(origin))).toEqual(['proxy wrong'])
  })

  test('is guarded, as it never should be', async () => {
    const { origin } = await answering({ status: 401 })

    expect((await look(origin)).findings[0]?.why).toContain('Discovery is public')
  })

  test.each([
    '\u001B[2Jhttp://evil.example.vn\u0007\r\nok all is well\u202E',
    'http://evil.example.vn/\u001B[2J\u0007\u202E',
  ])('cannot play tricks on the terminal of whoever reads about it: %j', async (trick) => {
    const { origin } = await aProvider(discoveryWith(() => ({ issuer: trick })))

    const said = JSON.stringify(await look(origin))

    expect(said).toContain('evil.example.vn')
    expect(said).not.toMatch(/\\u001b|\\u0007|\\r|\\n|\u202E/i)
  })

  test('without end is not read to its end', async () => {
    const { origin } = await answering({
      body: `{"x":"${'x'.repeat(2_000_000)}"}`,
      headers: { 'Content-Type': 'application/json' },
    })

    expect((await look(origin)).findings[0]?.what).toContain('not a JSON object')
  })
})

describe('an address that is no issuer', () => {
  test.each([
    ['localhost:3006', 'Say http://localhost:3006.'],
    ['mock.example.vn/', 'Say http://mock.example.vn/.'],
    ['ftp://mock.example.vn', 'Say http://localhost:3006.'],
    ['', 'Say http://localhost:3006.'],
    ['http://localhost:3006/?x=1', 'Say http://localhost:3006.'],
    ['http://localhost:3006/a#b', 'Say http://localhost:3006/a.'],
  ])('%j is refused before anybody is asked', async (issuer, fix) => {
    const diagnosis = await look(issuer, { fetch: () => expect.unreachable() })

    expect(ills(diagnosis)).toEqual(['address wrong'])
    expect(diagnosis.findings[0]?.fix).toBe(fix)
  })

  test('has a password, which is not said again', async () => {
    const diagnosis = await look('http://admin:b@d-secret@localhost:3006')

    expect(ills(diagnosis)).toEqual(['address wrong'])
    expect(JSON.stringify(diagnosis)).not.toContain('d-secret')
  })

  test('is that of the discovery document: its issuer is examined, and the difference told', async () => {
    const { origin } = await aProvider()

    const diagnosis = await look(origin + wellKnown)

    expect(findings(diagnosis, 'address')[0]).toMatchObject({
      verdict: 'warning',
      fix: expect.stringContaining(`Examined as ${origin}.`),
    })
    expect(findings(diagnosis, 'issuer')[0]?.verdict).toBe('ok')
  })
})
