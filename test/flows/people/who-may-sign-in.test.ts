import { expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { startMock } from '../../support/mock.ts'
import { refusalIn, subjectsOf } from './support/outcomes.ts'

/** Relying parties that differ in what they demand of a sign-in. */
const demands = {
  anything: {},
  'level-2': { minimum_level: 2 },
  'oneself-only': { allow: ['self'] },
  'children-only': { allow: ['child'] },
  'wards-only': { allow: ['ward'] },
  'organisations-only': { allow: ['organization'] },
} as const

/** `self`, `for` the one who is acted for, or why not: one for each of the relying parties. */
type Outcomes = readonly [string, string, string, string, string, string]

const self = 'self'
const low = 'level_too_low'
const none = 'role_not_allowed'

const adult: Outcomes = [self, self, self, none, none, none]
const adultOfLevel1: Outcomes = [self, low, self, none, none, none]
const child: Outcomes = [self, self, none, self, none, none]
const childOfLevel1: Outcomes = [self, low, none, self, none, none]
const actsFor = (organization: string): Outcomes => [
  self,
  self,
  self,
  none,
  none,
  `for ${organization}`,
]
const always = (reason: string): Outcomes => [reason, reason, reason, reason, reason, reason]

const table: Readonly<Record<string, Outcomes>> = {
  'adult-level-2': adult,
  'adult-level-1': adultOfLevel1,
  'guardian-of-two': [self, self, self, 'for child-13', none, none],
  'child-13': child,
  'child-5': childOfLevel1,
  'foreigner-level-2': adult,
  'company-representative': actsFor('example-company'),
  'not-activated': always('account_not_activated'),
  locked: always('account_locked'),
  'year-only-birth-date': adult,
  'card-expired': always('card_expired'),
  deceased: always('deceased'),
  'account-cancelled': always('account_cancelled'),
  'child-guardian-locked': always('guardian_unable'),
  'guardian-of-twins-and-ward': [self, self, self, 'for child-13-level-1', 'for ward', none],
  'guardian-level-1': adultOfLevel1,
  'child-13-level-1': childOfLevel1,
  'child-13-level-2': child,
  'child-guardian-level-1': always('guardian_unable'),
  ward: adult,
  'child-14-today': adult,
  'adult-18-today': adult,
  'foreigner-level-1': adultOfLevel1,
  'foreigner-guardian': [self, self, self, 'for foreigner-child-5', none, none],
  'foreigner-child-5': childOfLevel1,
  'company-authorised': actsFor('example-company'),
  'company-staff': adult,
  'representative-of-two': actsFor('example-trading'),
  'dissolved-company-representative': adult,
  'no-phone': adult,
  'no-email': adult,
  'shared-phone-one': adult,
  'shared-phone-two': adult,
  renamed: adult,
  'province-merged': adult,
  'long-name': adult,
  'single-given-name': adult,
  'name-in-nfd': adult,
  'ethnic-minority-name': adult,
  'legacy-cmnd': adult,
  'phone-not-own': adult,
}

test('the table has every persona', async () => {
  const personas = await (await startMock()).personas()

  expect(Object.keys(table)).toEqual(personas.map(({ id }) => id))
})

test.each(Object.entries(table))(
  '%s signs in, or is refused for the right reason, at each relying party',
  async (as, outcomes) => {
    const world = await (await startMock()).world()
    for (const [client_id, demand] of Object.entries(demands))
      await world.clients.register({ client_id, ...demand })

    const seen: unknown[] = []
    for (const client of Object.keys(demands)) seen.push(await outcomeOf(world, as, client))

    expect(seen).toEqual(outcomes.map((outcome) => expectedOf(as, outcome)))
  },
)

const scope = 'openid profile vneid vneid:organization'

/** Who a sign-in was about and who acted, or what the relying party heard. */
const outcomeOf = (world: MockWorld, as: string, client: string): Promise<unknown> =>
  world.signIn({ as, client, scope }).then(({ claims }) => subjectsOf(world, claims), refusalIn)

function expectedOf(as: string, outcome: string): unknown {
  if (outcome === self) return { subject: as, actor: undefined }
  if (outcome === low) return { error: 'unmet_authentication_requirements', reason: low }
  const [, subject] = /^for (.*)$/.exec(outcome) ?? []
  return subject === undefined
    ? { error: 'access_denied', reason: outcome }
    : { subject, actor: as }
}
