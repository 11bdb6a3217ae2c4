import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/provider/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { pass, refusalOf } from '../../support/journeys.ts'
import { openProvider } from '../../support/open-provider.ts'
import { relyingParty } from '../../support/relying-party.ts'

const auto = (who: string) => ({ login_hint: `auto:${who}` })

/** A store of plans as somebody who drives the world has it: each is used once. */
function plansFor(clientId: string, ...plans: Plan[]) {
  const asked: string[] = []
  return {
    asked,
    left: () => plans.length,
    take: async (id: string) => {
      asked.push(id)
      return id === clientId ? plans.shift() : undefined
    },
  }
}

describe('a sign-in that was planned inside the process', () => {
  test('is of the person of the plan, whomever the request names', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)

    world.plan({ personId: 'adult-level-1' })
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))
    const next = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    const sub = async (id: string) => (await world.people.find(id))!.sub
    expect(tokens.claims()!.sub).toBe(await sub('adult-level-1'))
    expect(next.claims()!.sub).toBe(await sub('adult-level-2'))
  })

  test('acts for whom the plan says', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    world.plan({ personId: 'guardian-of-two', subjectId: 'child-13' })

    const tokens = await portal.redeem(await pass(new Citizen(world), portal))

    expect(tokens.claims()).toMatchObject({
      sub: (await world.people.find('child-13'))!.sub,
      act: { sub: (await world.people.find('guardian-of-two'))!.sub },
    })
  })

  test('takes the steps of the plan’s journey', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const amrBy = async (journey: 'full' | 'short') => {
      world.plan({ personId: 'adult-level-2', journey })
      const tokens = await portal.redeem(await pass(new Citizen(world), portal))
      return tokens.claims()!['amr']
    }

    await expect(amrBy('full')).resolves.toEqual(['pwd', 'otp', 'pin', 'mfa'])
    await expect(amrBy('short')).resolves.toEqual(['pwd', 'otp', 'mfa'])
  })

  test('needs no leave that requests need, since no request can make a plan', async () => {
    const world = await openProvider({ settings: { automatic_sign_in: false } })
    const portal = await relyingParty(world)
    world.plan({ personId: 'adult-level-2' })

    const planned = await pass(new Citizen(world), portal)
    const hinted = await pass(new Citizen(world), portal, auto('adult-level-2'))

    expect(planned.url.searchParams.has('code')).toBe(true)
    expect(refusalOf(hinted.url).error).toBe('invalid_request')
  })

  test('is refused when it is of nobody, with the nearest', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    world.plan({ personId: 'adult-levl-2' })

    const { url } = await pass(new Citizen(world), portal)

    expect(url.searchParams.get('error')).toBe('invalid_request')
    expect(url.searchParams.get('error_description')).toContain("Did you mean 'adult-level-2'?")
  })
})

describe('the next sign-in of a relying party', () => {
  test('is as it was decided, once, and then as before', async () => {
    const nextSignIns = plansFor('test-rp', { personId: 'adult-level-1' })
    const world = await openProvider({ nextSignIns })
    const portal = await relyingParty(world)

    const first = await pass(new Citizen(world), portal, { login_hint: 'somebody' })
    const then = new Citizen(world)
    await then.open((await portal.begin()).url)

    const tokens = await portal.redeem(first)
    expect(tokens.claims()!.sub).toBe((await world.people.find('adult-level-1'))!.sub)
    expect(then.step).toBe('identify')
  })

  test('comes before the cookie, and after what the request itself says', async () => {
    const nextSignIns = plansFor('test-rp', { personId: 'adult-level-1' })
    const world = await openProvider({ nextSignIns })
    const portal = await relyingParty(world)
    const subOf = async (id: string) => (await world.people.find(id))!.sub
    const { url: withCookie, ...secrets } = await portal.begin()

    const hinted = await portal.tokensFor('foreigner-level-2')
    const reply = await fetch(withCookie, {
      redirect: 'manual',
      headers: { Cookie: 'mock_vneid_as=adult-level-2' },
    })
    const url = new URL(reply.headers.get('location')!)

    expect(hinted.claims.sub).toBe(await subOf('foreigner-level-2'))
    expect((await portal.redeem({ url, ...secrets })).claims()!.sub).toBe(
      await subOf('adult-level-1'),
    )
  })

  test('is not used up by a question whether somebody is signed in', async () => {
    const nextSignIns = plansFor('test-rp', { personId: 'adult-level-1' })
    const world = await openProvider({ nextSignIns })
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)

    const { url } = await pass(citizen, portal, { prompt: 'none' })

    expect(refusalOf(url).error).toBe('login_required')
    expect(nextSignIns.left()).toBe(1)
  })

  test('is not that of another relying party', async () => {
    const nextSignIns = plansFor('test-rp', { personId: 'adult-level-1' })
    const world = await openProvider({ nextSignIns })
    const other = await relyingParty(world, { clientId: 'dev' })
    const citizen = new Citizen(world)

    await citizen.open((await other.begin()).url)

    expect(nextSignIns.asked).toEqual(['dev'])
    expect(nextSignIns.left()).toBe(1)
  })
})
