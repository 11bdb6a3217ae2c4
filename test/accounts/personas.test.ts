import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  checkPeople,
  createPeople,
  parsePersonalNumber,
  type People,
} from '../../src/accounts/index.ts'
import { unrealPrefixes } from '../../src/accounts/provinces.ts'
import { packageRoot } from '../../src/kernel/index.ts'
import { MovableClock } from './population.ts'

const text = readFileSync(join(packageRoot, 'config/people.yaml'), 'utf8')

function personasAt(moment: string): People {
  const clock = new MovableClock(Date.parse(moment))
  const { people: file, problems } = checkPeople(parse(text), { now: clock.now() })
  if (problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 2))
  return createPeople({ file, clock })
}

const moments = [
  '2025-01-01T00:00:00+07:00',
  '2026-11-21T09:00:00+07:00',
  '2028-02-29T23:59:00+07:00',
  '2041-12-31T12:00:00+07:00',
]

describe('the personas', () => {
  const people = personasAt('2026-11-21T09:00:00+07:00')

  test('are the ones that the documentation and tests count on', async () => {
    expect((await people.personas()).map(({ id }) => id)).toEqual([
      'adult-level-2',
      'adult-level-1',
      'guardian-of-two',
      'child-13',
      'child-5',
      'foreigner-level-2',
      'company-representative',
      'not-activated',
      'locked',
      'year-only-birth-date',
      'card-expired',
      'deceased',
      'account-cancelled',
      'child-guardian-locked',
    ])
  })

  test.each(moments)(
    'are lawful, and as old as their ids say, in a world that begins at %s',
    async (moment) => {
      const then = personasAt(moment)

      expect(await then.find('child-13')).toMatchObject({ age: 13 })
      expect(await then.find('child-5')).toMatchObject({ age: 5 })
      expect(await then.find('year-only-birth-date')).toMatchObject({
        birthDate: expect.stringMatching(/^\d{4}$/),
      })
    },
  )

  test.each(moments)('have no number that a real person could have, at %s', async (moment) => {
    for (const { number } of await personasAt(moment).personas())
      expect(unrealPrefixes).toContain(parsePersonalNumber(number).prefix)
  })

  test('have mail at a domain that is kept for examples', async () => {
    const mail = (await people.personas()).flatMap(({ email }) => email ?? [])

    expect(mail.filter((one) => !one.endsWith('@example.com'))).toEqual([])
    expect(mail).not.toEqual([])
  })

  test('say in both languages what they are for', async () => {
    for (const { tests } of await people.personas())
      expect(tests).toEqual({ vi: expect.any(String), en: expect.any(String) })
  })

  test('are each what their id says', async () => {
    const whys = await Promise.all(
      (await people.personas()).map(async (one) => [one.id, await people.whyUnusable(one)]),
    )

    expect(Object.fromEntries(whys)).toEqual({
      'adult-level-2': undefined,
      'adult-level-1': undefined,
      'guardian-of-two': undefined,
      'child-13': undefined,
      'child-5': undefined,
      'foreigner-level-2': undefined,
      'company-representative': undefined,
      'not-activated': 'account_not_activated',
      locked: 'account_locked',
      'year-only-birth-date': undefined,
      'card-expired': 'card_expired',
      deceased: 'deceased',
      'account-cancelled': 'account_cancelled',
      'child-guardian-locked': 'guardian_unable',
    })
  })

  test.each([
    ['guardian-of-two', ['guardian-of-two', 'child-13', 'child-5']],
    ['company-representative', ['company-representative', 'example-company']],
    ['adult-level-2', ['adult-level-2']],
  ])('%s may act for %j', async (id, subjects) => {
    const roles = await people.rolesOf((await people.find(id))!)

    expect(roles.map(({ subjectId }) => subjectId)).toEqual(subjects)
  })

  test('are written in composed letters (NFC)', () => {
    expect(text).toBe(text.normalize('NFC'))
  })
})
