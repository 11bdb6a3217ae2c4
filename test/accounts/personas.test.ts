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
      'guardian-of-twins-and-ward',
      'guardian-level-1',
      'child-13-level-1',
      'child-13-level-2',
      'child-guardian-level-1',
      'ward',
      'child-14-today',
      'adult-18-today',
      'foreigner-level-1',
      'foreigner-guardian',
      'foreigner-child-5',
      'company-authorised',
      'company-staff',
      'representative-of-two',
      'dissolved-company-representative',
      'no-phone',
      'no-email',
      'shared-phone-one',
      'shared-phone-two',
      'renamed',
      'province-merged',
      'long-name',
      'single-given-name',
      'name-in-nfd',
      'ethnic-minority-name',
      'legacy-cmnd',
      'phone-not-own',
    ])
  })

  test.each(moments)(
    'are lawful, and as old as their ids say, in a world that begins at %s',
    async (moment) => {
      const then = personasAt(moment)

      expect(await then.find('child-13')).toMatchObject({ age: 13 })
      expect(await then.find('child-5')).toMatchObject({ age: 5 })
      expect(await then.find('child-14-today')).toMatchObject({ age: 14, guardianIds: [] })
      expect(await then.find('adult-18-today')).toMatchObject({ age: 18 })
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

  test('can use their account, but for those that are there to be refused', async () => {
    const whys = await Promise.all(
      (await people.personas()).map(async (one) => [one.id, await people.whyUnusable(one)]),
    )

    expect(whys.filter(([, why]) => why !== undefined)).toEqual([
      ['not-activated', 'account_not_activated'],
      ['locked', 'account_locked'],
      ['card-expired', 'card_expired'],
      ['deceased', 'deceased'],
      ['account-cancelled', 'account_cancelled'],
      ['child-guardian-locked', 'guardian_unable'],
      ['child-guardian-level-1', 'guardian_unable'],
    ])
  })

  test.each([
    ['guardian-of-two', ['guardian-of-two', 'child-13', 'child-5']],
    ['company-representative', ['company-representative', 'example-company']],
    ['adult-level-2', ['adult-level-2']],
    [
      'guardian-of-twins-and-ward',
      ['guardian-of-twins-and-ward', 'child-13-level-1', 'child-13-level-2', 'ward'],
    ],
    ['guardian-level-1', ['guardian-level-1']],
    ['ward', ['ward']],
    ['no-email', ['no-email']],
    ['foreigner-guardian', ['foreigner-guardian', 'foreigner-child-5']],
    ['company-authorised', ['company-authorised', 'example-company']],
    ['company-staff', ['company-staff']],
    ['representative-of-two', ['representative-of-two', 'example-trading', 'example-cooperative']],
    ['dissolved-company-representative', ['dissolved-company-representative']],
  ])('%s may act for %j', async (id, subjects) => {
    const roles = await people.rolesOf((await people.find(id))!)

    expect(roles.map(({ subjectId }) => subjectId)).toEqual(subjects)
  })

  test.each([
    ['adult-level-2', 'adult-level-2', '+84990000001'],
    ['child-13', 'guardian-of-two', '+84990000003'],
    ['child-13-level-2', 'guardian-of-twins-and-ward', '+84990000015'],
    ['child-14-today', 'child-14-today', '+84990000021'],
    ['ward', 'ward', '+84990000020'],
    ['no-phone', 'no-phone', undefined],
    ['shared-phone-one', 'shared-phone-one', '+84990000032'],
    ['shared-phone-two', 'shared-phone-two', '+84990000032'],
    ['phone-not-own', 'province-merged', '+84990000035'],
  ])('the codes of %s arrive at %s', async (id, holder, phone) => {
    const { id: holderId, phone: holderPhone } = await people.phoneHolder((await people.find(id))!)

    expect([holderId, holderPhone]).toEqual([holder, phone])
  })

  test.each([
    ['long-name', 'Công Tằng Tôn Nữ', 'Thị Ngọc Hoàng Anh', 'Thư'],
    ['single-given-name', '', undefined, "K'Brèo"],
    ['ethnic-minority-name', 'Kbuôr', undefined, "H'Juôn"],
    ['name-in-nfd', 'Huỳnh', 'Thị Mỹ', 'Phượng'],
    ['foreigner-level-1', 'Kim', undefined, 'Min Jun'],
  ])('%s has names of these parts', async (id, familyName, middleName, givenName) => {
    const person = await people.find(id)

    expect([person?.familyName, person?.middleName, person?.givenName]).toEqual([
      familyName,
      middleName,
      givenName,
    ])
  })

  test('are written in composed letters (NFC), but for the name that is there to be otherwise', async () => {
    const decomposed = text.split('\n').filter((line) => line !== line.normalize('NFC'))

    expect(decomposed.map((line) => line.normalize('NFC').trim())).toEqual([
      'name: Huỳnh Thị Mỹ Phượng',
    ])
    expect((await people.find('name-in-nfd'))?.name).toBe('Huỳnh Thị Mỹ Phượng'.normalize('NFC'))
  })
})
