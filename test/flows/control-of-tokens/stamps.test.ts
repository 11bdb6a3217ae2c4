import { createHash } from 'node:crypto'
import { decodeJwt, type JWTPayload } from 'jose'
import * as oidc from 'openid-client'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { seededRandom } from '../../../src/kernel/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass, request, signInOnPages, walk } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { openProvider, type OpenedProvider } from '../../support/open-provider.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { call } from '../../support/wire.ts'

const moment = Date.parse('2031-02-03T04:05:06.700Z')
const second = Math.floor(moment / 1000)
const offline = { scope: 'openid profile offline_access', prompt: 'consent' }

afterEach(() => vi.restoreAllMocks())

/** Lets real time pass: so many milliseconds whenever anybody looks. */
function hurryRealTime(ms: number): void {
  const from = Date.now()
  let looks = 0
  vi.spyOn(Date, 'now').mockImplementation(() => from + ms * looks++)
}

const aWorld = (given: Parameters<typeof openProvider>[0] = {}) =>
  openProvider({ clock: new FrozenClock(moment), stamps: 'world', ...given })

/** Signs in and redeems without a library of the relying party’s, whose clock is another. */
async function tokensOf(world: OpenedProvider, login = 'adult-level-2', params = {}) {
  const query = new URLSearchParams({
    client_id: 'test-rp',
    response_type: 'code',
    redirect_uri: 'http://localhost:8080/cb',
    scope: 'openid profile',
    nonce: 'the-nonce',
    state: 'the-state',
    code_challenge: createHash('sha256').update('verifier'.repeat(6)).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: `auto:${login}`,
    ...params,
  })
  const authorized = await call(world, `/auth?${query.toString()}`)
  const code = new URL(String(authorized.headers['location'])).searchParams.get('code') ?? ''
  return redeem(world, { grant_type: 'authorization_code', code })
}

interface Tokens {
  access_token: string
  id_token: string
  refresh_token: string
}

async function redeem(world: OpenedProvider, form: Record<string, string>): Promise<Tokens> {
  const reply = await call(world, '/token', {
    headers: { Authorization: `Basic ${btoa('test-rp:test-rp-secret')}` },
    form: {
      redirect_uri: 'http://localhost:8080/cb',
      code_verifier: 'verifier'.repeat(6),
      ...form,
    },
  })
  if (reply.status !== 200) throw new Error(`no tokens but ${reply.text}`)
  return JSON.parse(reply.text) as Tokens
}

describe('in a world that stands still and stamps with its own time', () => {
  test('an ID token carries the world’s second, whatever real seconds tick meanwhile', async () => {
    const world = await aWorld()
    hurryRealTime(700)

    const { id_token: idToken } = await tokensOf(world)

    expect(decodeJwt(idToken)).toMatchObject({
      iat: second,
      exp: second + 600,
      auth_time: second,
    })
  })

  test('so it does after a sign-in on pages, and whenever the session is used again', async () => {
    const world = await aWorld()
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)
    const person = (await world.people.find('adult-level-2'))!
    hurryRealTime(30)

    const first = await claimsIn(world, await signInOnPages(citizen, portal, person))
    for (let again = 0; again < 5; again++) await pass(citizen, portal)
    const later = await claimsIn(world, await pass(citizen, portal))
    await request(citizen, portal, { prompt: 'consent' })
    const away = await walk(citizen, person)

    expect(first).toMatchObject({ iat: second, auth_time: second })
    expect(later).toMatchObject({ iat: second, auth_time: second })
    expect(away.searchParams.has('code')).toBe(true)
    await expect(world.sessions.list()).resolves.toMatchObject([
      { signedInAt: new Date(second * 1000).toISOString() },
    ])
  })

  test('a refreshed ID token keeps the time of the sign-in', async () => {
    const world = await aWorld()
    const tokens = await tokensOf(world, 'adult-level-2', offline)
    world.clock.advance(90)
    hurryRealTime(400)

    const renewed = await redeem(world, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    })

    expect(decodeJwt(renewed.id_token)).toMatchObject({ iat: second + 90, auth_time: second })
  })

  test('minted tokens carry it, too', async () => {
    const world = await aWorld()
    hurryRealTime(700)
    const asked = { personId: 'adult-level-2', clientId: 'test-rp', scope: 'openid' }

    const { idToken } = await world.tokens.mint(asked)

    expect(decodeJwt(idToken)).toMatchObject({
      iat: second,
      exp: second + 600,
      auth_time: second,
    })
  })

  test('logout tokens, userinfo and replies as JWTs carry it too', async () => {
    const server = await localServer()
    const world = await aWorld({
      settings: { discovery: 'full' },
      clients: [
        {
          client_id: 'signed',
          client_secret: 'signed-secret',
          redirect_uris: ['http://localhost:8080/cb'],
          backchannel_logout_uri: `${server.origin}/logout`,
          userinfo_signed_response_alg: 'RS256',
          introspection_signed_response_alg: 'RS256',
          authorization_signed_response_alg: 'RS256',
        },
      ],
    })
    const portal = await relyingParty(world, { clientId: 'signed' })
    const { accessToken } = await world.tokens.mint({
      personId: 'adult-level-2',
      clientId: 'signed',
      scope: 'openid profile',
    })
    const headers = { Authorization: `Bearer ${accessToken}` }

    const userinfo = await call(world, '/me', { headers })
    const introspection = await introspected(world, 'signed', accessToken, 'JWT')
    const { url } = await pass(new Citizen(world), portal, {
      login_hint: 'auto:adult-level-2',
      response_mode: 'jwt',
    })
    await world.sessions.end({ personId: 'adult-level-2' })

    expect(decodeJwt(userinfo.text)).toMatchObject({ iat: second, exp: second + 600 })
    expect(decodeJwt(introspection)).toMatchObject({
      iat: second,
      token_introspection: { iat: second, exp: second + 600 },
    })
    expect(decodeJwt(url.searchParams.get('response')!)).toMatchObject({ exp: second + 120 })
    expect(decodeJwt(server.received[0]!.form.get('logout_token')!)).toMatchObject({
      iat: second,
      exp: second + 120,
    })
  })

  test('introspection says it without a signature as well', async () => {
    const world = await aWorld()
    const { access_token: token } = await tokensOf(world)

    const said = JSON.parse(await introspected(world, 'test-rp', token)) as JWTPayload

    expect(said).toMatchObject({ active: true, iat: second, exp: second + 600 })
  })

  test('a relying party with the world’s clock accepts it, and one with its own does not', async () => {
    const then = Date.parse('2021-02-03T04:05:06.700Z')
    const world = await aWorld({ clock: new FrozenClock(then) })
    const portal = await relyingParty(world)
    const ahead = Math.floor((then - Date.now()) / 1000)
    const inTheWorld = await relyingParty(world, { metadata: { [oidc.clockSkew]: ahead } })
    const callback = await portal.signIn('adult-level-2')
    const other = await portal.signIn('adult-level-2')

    await expect(portal.redeem(callback)).rejects.toThrow('JWT timestamp claim')

    await expect(inTheWorld.redeem(other)).resolves.toHaveProperty('id_token')
  })
})

test('a world that runs stamps with its own time, second by second', async () => {
  const clock = new FrozenClock(moment)
  const world = await aWorld({ clock })
  const first = decodeJwt((await tokensOf(world)).id_token)
  clock.advance(3)

  const second3 = decodeJwt((await tokensOf(world)).id_token)

  expect(second3.iat! - first.iat!).toBe(3)
})

test('stamps are real unless the world wants its own', async () => {
  const world = await openProvider({ clock: new FrozenClock(moment) })

  const { iat, auth_time: authTime } = decodeJwt((await tokensOf(world)).id_token)

  expect(Math.abs(iat! - Date.now() / 1000)).toBeLessThan(60)
  expect(Math.abs(Number(authTime) - Date.now() / 1000)).toBeLessThan(60)
})

describe('the same seed, keys, moment and nonce', () => {
  const seeded = (seed = 'a seed') =>
    aWorld({
      issuer: 'http://vneid.test',
      random: seededRandom(seed),
      isSeeded: true,
      clients: [
        {
          client_id: 'with-sid',
          client_secret: 'with-sid-secret',
          redirect_uris: ['http://localhost:8080/cb'],
          backchannel_logout_uri: 'http://localhost:8080/logout',
          backchannel_logout_session_required: true,
        },
      ],
    })

  test('give the same codes and tokens, byte for byte, while real time passes', async () => {
    const one = await tokensOf(await seeded(), 'adult-level-2', offline)
    hurryRealTime(350)
    const other = await tokensOf(await seeded(), 'adult-level-2', offline)

    expect(one.id_token).toMatch(/^eyJ/)
    expect(other).toEqual(one)
  })

  test('give the same addresses of pages and cookies', async () => {
    const pageOf = async (world: OpenedProvider) => {
      const { headers } = await call(world, `/auth?${await aRequest()}`)
      return [headers['location'], headers['set-cookie']]
    }

    const [one, other] = [await pageOf(await seeded()), await pageOf(await seeded())]

    expect(one[0]).toMatch(/\/sign-in\/[\w-]{43}$/)
    expect(other).toEqual(one)
  })

  test('lead through the pages all the same', async () => {
    const world = await aWorld({ random: seededRandom('pages'), isSeeded: true })
    const portal = await relyingParty(world)
    const person = (await world.people.find('adult-level-2'))!
    const citizen = new Citizen(world)

    const callback = await signInOnPages(citizen, portal, person)
    const again = await pass(citizen, portal)

    expect(callback.url.searchParams.get('code')).toMatch(/^[\w-]{43}$/)
    expect(again.url.searchParams.has('code')).toBe(true)
    expect(again.url.searchParams.get('code')).not.toBe(callback.url.searchParams.get('code'))
  })

  test('are not needed: another seed gives others', async () => {
    const one = await tokensOf(await seeded('one'))
    const other = await tokensOf(await seeded('other'))

    expect(other.access_token).not.toBe(one.access_token)
    expect(decodeJwt(other.id_token)).toEqual(decodeJwt(one.id_token))
  })

  test('leave ids to the library where there is no seed', async () => {
    const make = () => aWorld({ random: seededRandom('x'), issuer: 'http://vneid.test' })

    const [one, other] = [await tokensOf(await make()), await tokensOf(await make())]

    expect(other.access_token).not.toBe(one.access_token)
  })
})

/** What the ID token of a callback says. */
async function claimsIn(
  world: OpenedProvider,
  { url, verifier }: Awaited<ReturnType<typeof pass>>,
): Promise<JWTPayload> {
  const code = url.searchParams.get('code')!
  const { id_token: idToken } = await redeem(world, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  })
  return decodeJwt(idToken)
}

async function introspected(
  world: OpenedProvider,
  clientId: string,
  token: string,
  as: 'JSON' | 'JWT' = 'JSON',
): Promise<string> {
  const accept =
    as === 'JWT' ? { Accept: 'application/token-introspection+jwt' } : { Accept: '*/*' }
  const reply = await call(world, '/token/introspection', {
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientId}-secret`)}`, ...accept },
    form: { token },
  })
  return reply.text
}

async function aRequest(): Promise<string> {
  return String(
    new URLSearchParams({
      client_id: 'test-rp',
      response_type: 'code',
      redirect_uri: 'http://localhost:8080/cb',
      scope: 'openid',
      state: 'the-state',
    }),
  )
}
