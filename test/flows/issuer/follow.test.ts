import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { ills, look } from '../../doctor/provider.ts'
import { Citizen } from '../../support/citizen.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { askAt, discoveryPath, freePort, json } from './wire.ts'

interface FollowMock extends TestMock {
  port: number
  other: string
}

/** An issuer by two names of this machine, and by a third that only we know how to reach. */
async function aFollowMock(): Promise<FollowMock> {
  const port = await freePort()
  const other = `http://127.0.0.1:${port}`
  const followOrigins = [other, 'https://sso.example']
  const mock = await startMock({ port, issuerMode: 'follow', followOrigins })
  return { ...mock, port, other }
}

describe('a mock that follows the name it is called by', () => {
  test('is, at each of its origins, an issuer with every endpoint there', async () => {
    const { issuer, other } = await aFollowMock()

    for (const origin of [issuer, other]) {
      const document = (await (await fetch(`${origin}${discoveryPath}`)).json()) as object
      const urls = Object.values(document).filter((value) => /^https?:/.test(String(value)))

      expect(document).toMatchObject({ issuer: origin, token_endpoint: `${origin}/token` })
      expect(new Set(urls.map((url) => new URL(String(url)).origin))).toEqual(new Set([origin]))
    }
  })

  test('signs in at each of them, the same person with the same keys', async () => {
    const { issuer, other } = await aFollowMock()

    const signIns = await Promise.all(
      [issuer, other].map(async (origin) => {
        const portal = await relyingParty({ issuer: origin })
        oidc.enableNonRepudiationChecks(portal.config)
        const { tokens, claims } = await portal.tokensFor('adult-level-2')
        await portal.userinfo(tokens.access_token, claims.sub)
        return claims
      }),
    )

    expect(signIns.map(({ iss }) => iss)).toEqual([issuer, other])
    expect(signIns[0]?.sub).toBe(signIns[1]?.sub)
  })

  test('keeps one sign-in on one origin from the first page to the last', async () => {
    const { other } = await aFollowMock()
    const portal = await relyingParty({ issuer: other })
    const { url, ...secrets } = await portal.begin()
    const citizen = new Citizen({ issuer: other })

    await citizen.open(url)
    expect(url.origin).toBe(other)
    expect(citizen.step).toBe('identify')
    await citizen.submit({ as: 'adult-level-2' })
    for (let steps = 0; citizen.isOnPage && steps < 9; steps++)
      await citizen.submit({ code: citizen.code, agree: 'yes', passcode: '123456' })
    const tokens = await portal.redeem({ url: citizen.away, ...secrets })

    expect(tokens.claims()?.iss).toBe(other)
  })

  test('redeems a code where it was given out, and nowhere else', async () => {
    const { issuer, other } = await aFollowMock()
    const [here, there] = [await relyingParty({ issuer }), await relyingParty({ issuer: other })]
    const callback = await here.signIn('adult-level-2')
    const smuggled = new URL(callback.url)
    smuggled.searchParams.set('iss', other)

    await expect(there.redeem({ ...callback, url: smuggled })).rejects.toEqual(
      refused('invalid_grant'),
    )
    expect((await here.redeem(callback)).claims()?.iss).toBe(issuer)
  })

  test('lets tokens count where they were given out, and nowhere else', async () => {
    const { issuer, other, port } = await aFollowMock()
    const authorization = `Basic ${btoa('test-rp:test-rp-secret')}`
    const [here, there] = await Promise.all(
      [issuer, other].map((origin) => relyingParty({ issuer: origin })),
    )
    const { tokens, claims } = await here!.tokensFor('adult-level-2', {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    const refreshToken = tokens.refresh_token!

    await expect(there!.userinfo(tokens.access_token, claims.sub)).rejects.toMatchObject({
      status: 401,
      cause: [{ parameters: { error: 'invalid_token' } }],
    })
    const introspected = await askAt(port, `${other}/token/introspection`, {
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${tokens.access_token}`,
    })
    expect(json(introspected)).toEqual({ active: false })
    await expect(oidc.refreshTokenGrant(there!.config, refreshToken)).rejects.toEqual(
      refused('invalid_grant'),
    )
    expect(await here!.userinfo(tokens.access_token, claims.sub)).toMatchObject({ sub: claims.sub })
    const refreshed = await oidc.refreshTokenGrant(here!.config, refreshToken)
    expect(refreshed.claims()?.iss).toBe(issuer)
  })

  test('goes on with a sign-in where it began, even for a browser whose cookies cross', async () => {
    const port = await freePort()
    const other = 'http://localhost:1'
    const { issuer } = await startMock({ port, issuerMode: 'follow', followOrigins: [other] })
    const { url } = await (await relyingParty({ issuer })).begin()
    const begun = await askAt(port, url)
    const page = new URL(begun.headers.location!, issuer).pathname
    const resume = page.replace('/sign-in/', '/auth/')
    const cookie = begun.headers['set-cookie']!.map((one) => one.split(';', 1)[0]).join('; ')
    const headers = { accept: 'text/html', cookie }
    const at = (origin: string, path: string) => askAt(port, `${origin}${path}`, { headers })

    const away = [await at(other, page), await at(other, resume)]
    const home = [await at(issuer, page), await at(issuer, resume)]

    expect(away.map(({ status }) => status)).toEqual([404, 400])
    for (const { body } of away) expect(body).toContain('hoặc qua địa chỉ khác')
    expect(home.map(({ status }) => status)).toEqual([200, 303])
  })

  test('takes the scheme of a name that is known with one', async () => {
    const { port } = await aFollowMock()

    const document = json(await askAt(port, `http://sso.example${discoveryPath}`))

    expect(document).toMatchObject({
      issuer: 'https://sso.example',
      authorization_endpoint: 'https://sso.example/auth',
    })
  })

  test('refuses a name that is not listed, and says which are', async () => {
    const { port, issuer, other } = await aFollowMock()

    const program = await askAt(port, `http://provider:${port}${discoveryPath}`)
    const person = await askAt(port, `http://provider:${port}/auth`, {
      headers: { accept: 'text/html' },
    })

    expect(json(program)['error_description']).toBe(
      `this is ${issuer} or ${other} or https://sso.example, not http://provider:${port}. Call it by one of those names.`,
    )
    expect(person.status).toBe(421)
    expect(person.body).toContain(other)
  })

  test('has nothing to mend, to the doctor, at either origin', async () => {
    const { issuer, other } = await aFollowMock()
    const asPortal = { clientId: 'test-rp', expectedRedirectUri: 'http://localhost:8080/cb' }

    expect(ills(await look(issuer, asPortal))).toEqual(ills(await look(other, asPortal)))
    expect(ills(await look(other, asPortal)).filter((ill) => ill.startsWith('issuer'))).toEqual([])
  })
})

test('origins that are listed for another mode are nobody', async () => {
  const port = await freePort()
  await startMock({ port, followOrigins: ['https://sso.example'] })

  expect(await askAt(port, `http://sso.example${discoveryPath}`)).toMatchObject({ status: 421 })
})
