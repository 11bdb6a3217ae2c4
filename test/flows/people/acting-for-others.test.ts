import { describe, expect, test } from 'vitest'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { refusalIn, subjectsOf } from './support/outcomes.ts'

const scope = 'openid profile vneid vneid:family vneid:organization'

test.each([
  ['guardian-of-two', 'child-13'],
  ['guardian-of-two', 'child-5'],
  ['guardian-of-twins-and-ward', 'child-13-level-1'],
  ['guardian-of-twins-and-ward', 'child-13-level-2'],
  ['guardian-of-twins-and-ward', 'ward'],
  ['foreigner-guardian', 'foreigner-child-5'],
  ['company-representative', 'example-company'],
  ['company-authorised', 'example-company'],
  ['representative-of-two', 'example-trading'],
  ['representative-of-two', 'example-cooperative'],
])('%s acts for %s, who is the subject', async (as, role) => {
  const world = await (await startMock()).world()

  const { claims } = await world.signIn({ as, role, scope })

  expect(await subjectsOf(world, claims)).toEqual({ subject: role, actor: as })
})

test.each([
  ['guardian-of-two:child-13', 'child-13'],
  ['guardian-of-twins-and-ward:ward', 'ward'],
  ['representative-of-two:example-trading', 'example-trading'],
  ['representative-of-two:example-cooperative', 'example-cooperative'],
])('login_hint=auto:%s acts for %s', async (hint, subject) => {
  const mock = await startMock()
  const portal = await relyingParty(mock)

  const { tokens, claims } = await portal.tokensFor(hint, { scope })
  const userinfo = await portal.userinfo(tokens.access_token, claims.sub)

  expect(await subjectsOf(mock, userinfo)).toEqual({ subject, actor: hint.split(':')[0] })
})

test('both may be named by their numbers', async () => {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const [mother, child] = await Promise.all(
    ['guardian-of-two', 'child-13'].map((id) => mock.people.get(id)),
  )

  const { tokens, claims } = await portal.tokensFor(`${mother!.number}:${child!.number}`)
  const userinfo = await portal.userinfo(tokens.access_token, claims.sub)

  expect(userinfo).toMatchObject({ name: child!.name })
})

describe('a role that somebody has in name only', () => {
  test.each([
    ['company-staff', 'example-company', 'mere staff'],
    ['dissolved-company-representative', 'dissolved-company', 'an organisation that is dissolved'],
    ['dissolved-company-representative', 'locked-company', 'an organisation that is locked'],
    ['guardian-level-1', 'child-13-level-2', 'a guardian of level 1'],
    ['locked', 'child-guardian-locked', 'a guardian whose account is locked'],
  ])('is refused to %s for %s: %s', async (as, role) => {
    const world = await (await startMock()).world()

    const refused = await world.signIn({ as, role }).catch(refusalIn)

    expect(refused).toEqual({
      error: 'access_denied',
      reason: as === 'locked' ? 'account_locked' : 'role_not_allowed',
    })
  })

  test.each([
    ['adult-level-2', 'child-13'],
    ['no-email', 'child-14-today'],
    ['company-representative', 'example-trading'],
  ])('is another thing than none at all: %s has nothing to do with %s', async (as, role) => {
    const world = await (await startMock()).world()

    const refused = await world.signIn({ as, role }).catch(refusalIn)

    expect(refused).toMatchObject({ error: 'invalid_request' })
  })
})

describe('a relying party that lets people act for some only', () => {
  test.each([
    ['guardian-of-two', ['organization']],
    ['guardian-of-two', ['ward']],
    ['company-representative', ['child', 'ward']],
    ['child-13', ['self', 'organization']],
    ['company-staff', ['organization']],
    ['dissolved-company-representative', ['organization']],
  ] as const)('has no role for %s where only %j is allowed, and hears it', async (as, allow) => {
    const world = await (await startMock()).world()
    const client = await world.clients.register({ allow })

    const refused = await world.signIn({ as, client }).catch(refusalIn)

    expect(refused).toEqual({ error: 'access_denied', reason: 'role_not_allowed' })
  })

  test.each([
    ['guardian-of-two', 'child-13', ['self', 'organization']],
    ['guardian-of-twins-and-ward', 'ward', ['self', 'child']],
    ['company-representative', 'example-company', ['self']],
  ] as const)('does not offer %s to be %s where only %j is', async (as, role, allow) => {
    const world = await (await startMock()).world()
    const client = await world.clients.register({ allow })

    await expect(world.signIn({ as, role, client })).rejects.toMatchObject({
      error: 'invalid_request',
      errorDescription: expect.stringContaining('Roles offered'),
    })
  })
})

test('an organisation of two is the one that was chosen, with the person in act alone', async () => {
  const world = await (await startMock()).world()
  const options = { as: 'representative-of-two', scope }

  const trading = await world.signIn({ ...options, role: 'example-trading' })
  const cooperative = await world.signIn({ ...options, role: 'example-cooperative' })

  expect(trading.claims).toMatchObject({
    account_type: 'organization',
    organization: { tax_code: '0000000027', role: 'representative' },
    act: { name: 'Đoàn Trung Kiên' },
  })
  expect(cooperative.claims).toMatchObject({
    organization: { name: 'Hợp tác xã Nông nghiệp Thử Nghiệm' },
  })
  expect(trading.claims).not.toHaveProperty('name')
  expect(trading.claims).not.toHaveProperty('account_level')
})

test('somebody authorised says so', async () => {
  const world = await (await startMock()).world()

  const { claims } = await world.signIn({
    as: 'company-authorised',
    role: 'example-company',
    scope,
  })

  expect(claims).toMatchObject({ organization: { role: 'authorised' } })
})
