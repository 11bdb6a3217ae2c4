import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { pass, persona, refusalOf, request, signInOnPages, walk } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { relyingParty, type Callback, type RelyingParty } from '../../support/relying-party.ts'

let mock: TestMock
let portal: RelyingParty
let otherPortal: RelyingParty
let left: Citizen
let right: Citizen
let secretsLeft: Omit<Callback, 'url'>
let secretsRight: Omit<Callback, 'url'>

/** Two tabs of one browser, each with a sign-in of its own, at two relying parties. */
beforeEach(async () => {
  mock = await startMock({ config: configFolder({ clients: [aClient({})] }) })
  portal = await relyingParty(mock)
  otherPortal = await relyingParty(mock, { clientId: 'other-rp' })
  left = new Citizen(mock)
  right = left.tab()
  secretsLeft = await request(left, portal)
  secretsRight = await request(right, otherPortal)
})

const finish = async (tab: Citizen, id: string) => walk(tab, await persona(mock, id))

/** Who the relying party says its tokens are of, as long as they are good. */
const subjectOf = async (at: RelyingParty, { access_token: token }: { access_token: string }) => {
  const response = await fetch(at.config.serverMetadata().userinfo_endpoint!, {
    headers: { authorization: `Bearer ${token}` },
  })
  return response.ok ? ((await response.json()) as { sub: string }).sub : response.status
}

describe('two tabs that sign the same person in', () => {
  test('are both signed in, and both relying parties have tokens that are good', async () => {
    const { sub } = await persona(mock, 'adult-level-2')

    const urlLeft = await finish(left, 'adult-level-2')
    const urlRight = await finish(right, 'adult-level-2')
    const tokensLeft = await portal.redeem({ ...secretsLeft, url: urlLeft })
    const tokensRight = await otherPortal.redeem({ ...secretsRight, url: urlRight })

    expect(await subjectOf(portal, tokensLeft)).toBe(sub)
    expect(await subjectOf(otherPortal, tokensRight)).toBe(sub)
  })

  test('at one relying party both get a code that is good', async () => {
    const again = left.tab()
    const secretsAgain = await request(again, portal)

    const first = await finish(left, 'adult-level-2')
    const second = await finish(again, 'adult-level-2')
    await portal.redeem({ ...secretsLeft, url: first })
    const tokens = await portal.redeem({ ...secretsAgain, url: second })

    expect(tokens.claims()?.sub).toBe((await persona(mock, 'adult-level-2')).sub)
  })

  test('do not mix up their answers: each keeps its own step', async () => {
    const { number, account } = await persona(mock, 'adult-level-2')
    await left.submit({ number, password: account.password })

    await right.open(right.path)

    expect([left.step, right.step]).toEqual(['second-factor', 'identify'])
  })

  test('may end differently', async () => {
    await right.submit({ do: 'cancel' })
    await right.submit()

    const url = await finish(left, 'adult-level-2')

    expect(refusalOf(right.away).reason).toBe('cancelled')
    expect(url.searchParams.has('code')).toBe(true)
  })
})

describe('two tabs that sign two persons in', () => {
  test('leave the second in the browser, everywhere', async () => {
    const { sub } = await persona(mock, 'adult-level-1')
    await portal.redeem({ ...secretsLeft, url: await finish(left, 'adult-level-2') })
    await otherPortal.redeem({ ...secretsRight, url: await finish(right, 'adult-level-1') })

    const silent = await pass(left.tab(), otherPortal, { prompt: 'none' })

    expect((await otherPortal.redeem(silent)).claims()?.sub).toBe(sub)
  })

  test('let the relying party of the first hear that its person is gone', async () => {
    const server = await localServer()
    const client = aClient({ backchannel_logout_uri: `${server.origin}/backchannel-logout` })
    mock = await startMock({ config: configFolder({ clients: [client] }) })
    const first = new Citizen(mock)
    const told = await relyingParty(mock, { clientId: 'other-rp' })
    const callback = await signInOnPages(first, told, await persona(mock, 'adult-level-2'))
    const { sid } = (await told.redeem(callback)).claims()!
    const second = first.tab()
    await request(second, await relyingParty(mock), { prompt: 'login' })

    await finish(second, 'adult-level-1')

    expect(server.received.map(({ path }) => path)).toEqual(['/backchannel-logout'])
    expect(decodeJwt(server.received[0]!.form.get('logout_token')!)).toMatchObject({
      sub: (await persona(mock, 'adult-level-2')).sub,
      ...(sid === undefined ? {} : { sid }),
    })
  })

  test('let the relying party of the first find that nobody has consented there any more', async () => {
    await portal.redeem({ ...secretsLeft, url: await finish(left, 'adult-level-2') })
    await otherPortal.redeem({ ...secretsRight, url: await finish(right, 'adult-level-1') })

    const silent = await pass(left.tab(), portal, { prompt: 'none' })

    expect(silent.url.searchParams.get('error')).toBe('consent_required')
  })

  test('end the tokens of the first, and not those of the second', async () => {
    const { sub } = await persona(mock, 'adult-level-1')
    const first = await portal.redeem({
      ...secretsLeft,
      url: await finish(left, 'adult-level-2'),
    })
    expect(await subjectOf(portal, first)).toBe((await persona(mock, 'adult-level-2')).sub)

    const second = await otherPortal.redeem({
      ...secretsRight,
      url: await finish(right, 'adult-level-1'),
    })

    expect(await subjectOf(portal, first)).toBe(401)
    expect(await subjectOf(otherPortal, second)).toBe(sub)
  })

  test('end a code of the first that was not redeemed yet', async () => {
    const url = await finish(left, 'adult-level-2')
    await finish(right, 'adult-level-1')

    await expect(portal.redeem({ ...secretsLeft, url })).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  test('replace the person even when the tab that began first is done last', async () => {
    const second = await otherPortal.redeem({
      ...secretsRight,
      url: await finish(right, 'adult-level-1'),
    })
    const first = await portal.redeem({ ...secretsLeft, url: await finish(left, 'adult-level-2') })

    expect(first.claims()?.sub).toBe((await persona(mock, 'adult-level-2')).sub)
    expect(await subjectOf(otherPortal, second)).toBe(401)
  })

  test('at one relying party end the first one’s tokens as well', async () => {
    const again = left.tab()
    const secretsAgain = await request(again, portal)
    const first = await portal.redeem({
      ...secretsLeft,
      url: await finish(left, 'adult-level-2'),
    })

    const second = await portal.redeem({
      ...secretsAgain,
      url: await finish(again, 'adult-level-1'),
    })

    expect(await subjectOf(portal, first)).toBe(401)
    expect(await subjectOf(portal, second)).toBe((await persona(mock, 'adult-level-1')).sub)
  })
})
