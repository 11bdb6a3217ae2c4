import { exportJWK, generateKeyPair } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MintedTokens, MockWorld, MockWorlds, RelyingParty } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { doors, openDoorTo } from '../../support/doors.ts'

describe.each(doors)('a sign-in driven by a test, %s', (door) => {
  let mock: MockWorlds
  let world: MockWorld

  beforeEach(async () => {
    mock = await openDoorTo(door)
    world = await mock.world()
  })

  const authorizationUrl = (parameters: Record<string, string> = {}) =>
    `${world.issuer}/auth?${new URLSearchParams({
      client_id: 'test-rp',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: 'http://localhost:8080/cb',
      state: 'a-state',
      ...parameters,
    }).toString()}`

  test('returns what a relying party would have, and what a browser needs to go on', async () => {
    const first = await world.signIn({ as: 'adult-level-2', scope: 'openid vneid' })
    const next = await world.signIn({
      as: 'adult-level-2',
      cookies: first.cookies,
      parameters: { prompt: 'none' },
      returns: 'code',
    })

    expect(first).toMatchObject({
      code: expect.any(String),
      idToken: expect.any(String),
      accessToken: expect.any(String),
      claims: { account_level: 2, acr: 'urn:mock-vneid:level:2' },
    })
    expect(first.journal.map(({ endpoint }) => endpoint)).toEqual([
      'sign-in',
      'authorization',
      'token',
      'userinfo',
    ])
    expect(next.code).not.toBe(first.code)
    expect(next.accessToken).toBeUndefined()
  })

  test('acts for a child or an organisation', async () => {
    const { claims: child } = await world.signIn({ as: 'guardian-of-two', role: 'child-13' })
    const { claims: company } = await world.signIn({
      as: 'company-representative',
      role: 'example-company',
    })
    const { sub } = await world.people.get('guardian-of-two')

    expect(child).toMatchObject({ act: { sub }, name: 'Phạm Hoàng Nam' })
    expect(company).toMatchObject({ account_type: 'organization' })
  })

  test('says other claims for once, and only those that it may', async () => {
    const told = { as: 'adult-level-2', claims: { name: 'Ai Đó Khác', account_level: 1 } }
    const { claims, cookies } = await world.signIn(told)
    const { claims: later } = await world.signIn({ as: 'adult-level-2', cookies })

    expect(claims).toMatchObject({ name: 'Ai Đó Khác', account_level: 1 })
    expect(later).toMatchObject({ name: 'Nguyễn Thị Minh Anh', account_level: 2 })
    await expect(world.signIn({ ...told, claims: { nmae: 'x' } })).rejects.toMatchObject({
      code: 'ERR_ASKED_WRONGLY',
      message: expect.stringContaining('Did you mean "name"?'),
    })
  })

  test('that is refused says what the relying party hears, and why', async () => {
    await expect(world.signIn({ as: 'locked' })).rejects.toMatchObject({
      code: 'ERR_SIGN_IN_REFUSED',
      error: 'access_denied',
      errorDescription: expect.stringMatching(/^account_locked /),
      journal: expect.arrayContaining([
        expect.objectContaining({ why: expect.objectContaining({ source: expect.any(String) }) }),
      ]),
    })
  })

  test('of nobody names whom was most likely meant', async () => {
    await expect(world.signIn({ as: 'adult-levl-2' })).rejects.toMatchObject({
      code: 'ERR_PERSON_NOT_FOUND',
      message: expect.stringContaining('Did you mean "adult-level-2"?'),
    })
  })

  test('is whoever was decided before, once, without the portal being touched', async () => {
    await world.signIns.next({ as: 'child-13', client: 'test-rp' })
    const open = async () =>
      (await fetch(authorizationUrl(), { redirect: 'manual' })).headers.get('location') ?? ''

    expect(await open()).toMatch(/^http:\/\/localhost:8080\/cb\?code=/)
    expect(await open()).toMatch(/\/sign-in\//)
    const { personId } = await world.journal.take({ endpoint: 'authorization', isOk: true })
    expect(personId).toBe('child-13')
  })

  test('on a page is watched and answered from the test', async () => {
    const browser = new Citizen(mock)
    const waiting = world.signIns.wait({ client: 'test-rp', step: 'identify' })
    await browser.open(authorizationUrl({ login_hint: 'child-13' }))
    const begun = await waiting
    const { number, account } = await world.people.get('child-13')
    const coded = await world.signIns.answer(begun, {
      step: 'identify',
      number,
      password: account.password,
    })
    const message = await world.messages.take({ phoneOf: 'guardian-of-two' })

    expect(coded).toMatchObject({ step: 'second-factor', personId: 'child-13' })
    expect(message).toMatchObject({ personId: 'child-13', code: coded.code })

    const done = await world.signIns.answer(begun, { as: 'child-13' })

    expect(done).toMatchObject({ step: 'approved' })
    await expect(world.signIns.get('nobody-began-this')).rejects.toMatchObject({
      code: 'ERR_SIGN_IN_NOT_FOUND',
    })
  })

  test('does not take an answer to another step, and says how to answer this one', async () => {
    const browser = new Citizen(mock)
    await browser.open(authorizationUrl({ scope: 'openid profile vneid' }))
    const begun = await world.signIns.wait({ step: 'identify' })
    const { number, account } = await world.people.get('guardian-of-two')
    const { password, passcode } = account
    const answers = [
      () => ({ step: 'identify', number, password }) as const,
      (code = '') => ({ step: 'second-factor', code }) as const,
      () => ({ step: 'role', subjectId: 'guardian-of-two' }) as const,
      () => ({ step: 'consent', agrees: true }) as const,
      () => ({ step: 'passcode', passcode }) as const,
    ]

    for (const answer of answers) {
      const { code } = await world.signIns.get(begun)
      const right = answer(code)
      const wrong = await world.signIns.answer(begun, { step: 'face' }).catch(String)

      expect(wrong).toContain(`stands at "${right.step}", and not at "face".`)
      const [, told = ''] = /Answer (\{.*?\});/.exec(wrong as string) ?? []
      expect(JSON.parse(told)).toEqual({
        ...Object.fromEntries(Object.keys(right).map((key) => [key, expect.anything()])),
        step: right.step,
      })
      await world.signIns.answer(begun, right)
    }

    expect(await world.signIns.get(begun)).toMatchObject({ step: 'approved' })
    for (const answer of [{ as: 'guardian-of-two' }, { step: 'cancel' }] as const)
      await expect(world.signIns.answer(begun, answer)).rejects.toMatchObject({
        code: 'ERR_ASKED_WRONGLY',
        status: 422,
        message: `the sign-in "${begun.id}" is over (approved), and takes no answer any more. Begin another.`,
      })
  })

  test('says what was wrong with an answer, and why it is over', async () => {
    const browser = new Citizen(mock)
    await browser.open(authorizationUrl())
    const begun = await world.signIns.wait({ step: 'identify' })
    const { number } = await world.people.get('adult-level-2')
    const answered = await world.signIns.answer(begun, {
      step: 'identify',
      number,
      password: 'a guess',
    })
    await world.signIns.answer(begun, { step: 'cancel' })

    expect(answered).toMatchObject({
      step: 'identify',
      problem: { field: 'password', code: 'number_or_password_wrong', triesLeft: 4 },
    })
    await expect(world.signIns.answer(begun, { step: 'cancel' })).rejects.toThrow(
      'is over (refused: cancelled)',
    )
  })

  test('that does not come says what came instead', async () => {
    await world.signIn({ as: 'adult-level-2' })

    await expect(
      world.journal.take({ endpoint: 'token', person: 'child-13', timeoutSeconds: 0.2 }),
    ).rejects.toMatchObject({
      code: 'ERR_NOTHING_CAME',
      message: expect.stringContaining('token "tokens issued"'),
    })
  })

  test('without a page is remembered like any other, whatever came of it', async () => {
    const { signInId } = await world.signIn({ as: 'adult-level-2' })
    await world.signIn({ as: 'locked' }).catch(() => undefined)

    expect(await world.signIns.list()).toMatchObject([
      { id: signInId, personId: 'adult-level-2', step: 'approved' },
      { personId: 'locked', step: 'refused', refusal: 'account_locked' },
    ])
    expect(await world.signIns.get(signInId)).toMatchObject({ step: 'approved' })
    expect(await world.signIns.wait({ signIn: signInId, timeoutSeconds: 0 })).toMatchObject({
      step: 'approved',
    })

    await world.clock.advance({ by: '11m' })

    expect(await world.signIns.list()).toEqual([])
  })

  test('of a relying party with a key of its own says what that one must do itself', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true })
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'own', alg: 'ES256' }]
    const own = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } }
    const redeeming = await world.clients.register(own)
    const pushing = await world.clients.register({
      ...own,
      require_pushed_authorization_requests: true,
    })
    const signIn = (client: RelyingParty) => world.signIn({ client, as: 'adult-level-2' })

    await expect(signIn(redeeming)).rejects.toThrow('Ask for returns: "code"')
    await expect(signIn(pushing)).rejects.toThrow('decide by signIns.next')
  })

  test('keeps back what the person may keep back, and only that', async () => {
    const client = await world.clients.register({ optional_claims: ['phone'] })
    const asked = { client, as: 'adult-level-2', scope: 'openid profile phone email' }
    const keptBack = await world.signIn({ ...asked, withholds: ['phone_number'] })
    const { cookies } = keptBack
    const later = await world.signIn({ ...asked, cookies })
    const shared = await world.signIn({ ...asked, cookies, parameters: { prompt: 'consent' } })
    await world.signIns.next({ client, as: 'adult-level-2', withholds: ['phone_number'] })

    expect(keptBack.claims).toHaveProperty('email')
    for (const { claims } of [keptBack, later]) {
      expect(claims).not.toHaveProperty('phone_number')
      expect(claims).not.toHaveProperty('phone_number_verified')
    }
    expect(shared.claims).toHaveProperty('phone_number')
    await expect(world.signIn({ ...asked, withholds: ['email'] })).rejects.toMatchObject({
      error: 'invalid_request',
      errorDescription: "'email' cannot be kept back here. What can: 'phone_number'.",
    })
  })

  test('narrows what is listed, beside person and relying party', async () => {
    const one = await world.signIn({ as: 'adult-level-2' })
    await world.signIn({ as: 'adult-level-2' })
    const sessions = await world.sessions.list({ signIn: one, person: 'adult-level-2' })

    expect(sessions).toHaveLength(1)
    expect(await world.sessions.list({ person: 'adult-level-2' })).toHaveLength(2)
    expect(await world.expire('session', { signIn: one })).toEqual({ expired: 1 })
    expect(await world.sessions.list({ signIn: one })).toEqual([])
    expect(await world.signIns.list({ signIn: 'nobody-began-this' })).toEqual([])
  })

  test('is ended, and its relying parties hear of it', async () => {
    const { cookies } = await world.signIn({ as: 'adult-level-2' })
    const [session] = await world.sessions.list({ person: 'adult-level-2' })

    expect(session?.clients).toEqual([
      expect.objectContaining({ clientId: 'test-rp', subjectId: 'adult-level-2' }),
    ])
    expect(await world.sessions.end({ person: 'adult-level-2' })).toEqual({ ended: 1 })
    await expect(
      world.signIn({ as: 'adult-level-2', cookies, parameters: { prompt: 'none' } }),
    ).rejects.toMatchObject({ error: 'login_required' })
  })

  test('is not needed for tokens', async () => {
    const one = await world.tokens.mint({ as: 'adult-level-2' })
    const many: MintedTokens[] = []
    for await (const tokens of world.tokens.mintMany({ as: 'child-13', count: 100 }))
      many.push(tokens)
    const reply = await fetch(`${world.issuer}/me`, {
      headers: { authorization: `Bearer ${one.accessToken}` },
    })

    expect(await reply.json()).toMatchObject({ name: 'Nguyễn Thị Minh Anh' })
    expect(new Set(many.map(({ accessToken }) => accessToken)).size).toBe(100)
  })
})
