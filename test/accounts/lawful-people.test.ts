import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WishesRefused, type NewPerson } from '../../src/accounts/index.ts'
import { family, problemsOf, rulesBrokenBy, serve } from './changing-world.ts'

const criteria = fc.record(
  {
    age: fc.integer({ min: 0, max: 100 }),
    level: fc.constantFrom(1 as const, 2 as const),
    kind: fc.constantFrom('citizen' as const, 'foreigner' as const),
    sex: fc.constantFrom('male' as const, 'female' as const),
    isWard: fc.boolean(),
    birthday: fc.constantFrom('today', 'unknown', '05-17', '12-31'),
    memberships: fc.constantFrom(
      [{ organizationId: 'company', role: 'staff' as const }],
      [{ organizationId: 'company', role: 'authorised' as const }],
    ),
  },
  { requiredKeys: ['age', 'level'] },
)

/** The rules that what is asked breaks by itself, as the law says them. */
function unlawfulIn({ age = 30, level, kind, isWard, memberships = [] }: NewPerson): string[] {
  const tooYoung = age < 6 && level === 2
  const acts = memberships.some(({ role }) => role !== 'staff')
  return [
    ...(tooYoung ? [kind === 'foreigner' ? 'foreigner-level-2-from-6' : 'level-2-from-6'] : []),
    ...(acts && level === 1 ? ['organization-level-2'] : []),
    ...(acts && (age < 14 || isWard === true) ? ['organization-capacity'] : []),
  ]
}

const rulesIn = (problems: readonly string[]) =>
  problems.map((problem) => /breaks the rule "([\w-]+)"/.exec(problem)?.[1] ?? problem)

describe('whatever is asked of a new person', () => {
  const { people } = serve(family)

  test('they are it and keep every rule, and so does the guardian they need', async () => {
    const lawful = criteria.filter((wishes) => unlawfulIn(wishes).length === 0)
    await fc.assert(
      fc.asyncProperty(lawful, async (wishes) => {
        const person = await people.create(wishes)
        const guardians = await Promise.all(person.guardianIds.map((id) => people.find(id)))
        const { level, birthday: _, ...rest } = wishes

        expect(person).toMatchObject({ ...rest, account: { level } })
        expect(guardians).toHaveLength(person.age < 14 || wishes.isWard === true ? 1 : 0)
        expect(await rulesBrokenBy(people, [person, ...guardians.map((one) => one!)])).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('they are refused by exactly the rules that it breaks', async () => {
    const unlawful = criteria.filter((wishes) => unlawfulIn(wishes).length > 0)
    await fc.assert(
      fc.asyncProperty(unlawful, async (wishes) => {
        expect(rulesIn(await problemsOf(people.create(wishes)))).toEqual(unlawfulIn(wishes))
      }),
      { numRuns: 100 },
    )
  })
})

describe('whatever is changed of people, one change after the other', () => {
  const change = fc.record(
    {
      level: fc.constantFrom(1 as const, 2 as const),
      age: fc.integer({ min: 0, max: 100 }),
      sex: fc.constantFrom('male' as const, 'female' as const),
      state: fc.constantFrom('active' as const, 'locked' as const),
      guardians: fc.subarray(['mother', 'bo']),
      isWard: fc.boolean(),
      card: fc.constantFrom(null, { issuedOn: '2026-01-01' }),
      passcode: fc.constantFrom('123456', '12345'),
    },
    { requiredKeys: [] },
  )
  const step = fc.tuple(fc.constantFrom('mother', 'child', 'bo', undefined), change)

  test('everyone keeps every rule of the law', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { people } = serve(family)
        for (const [id, wishes] of steps)
          await (id === undefined ? people.create(wishes) : people.change(id, wishes)).catch(
            unlessRefused,
          )

        expect(await rulesBrokenBy(people, await people.personas())).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

function unlessRefused(error: unknown): void {
  if (!(error instanceof WishesRefused)) throw error
}
