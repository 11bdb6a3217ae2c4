import { describe, expect, test } from 'vitest'
import { law } from '../../src/accounts/index.ts'
import { aForeigner, anOrganization, aPerson, problemsIn, type Raw } from './population.ts'

const company = anOrganization('company')

const guardian = aPerson('guardian', { account: { level: 1 } })

/** Someone who breaks one rule, and what is said to it. */
const breakers: readonly { rule: string; article: string; person: Raw; got: string }[] = [
  {
    rule: 'citizen-card',
    article: 'Decree 69/2024/NĐ-CP Art. 7',
    person: aPerson('p', { card: undefined }),
    got: 'no card',
  },
  {
    rule: 'foreigner-card',
    article: 'Decree 69/2024/NĐ-CP Art. 7',
    person: aForeigner('p', { card: undefined }),
    got: 'no card',
  },
  {
    rule: 'level-2-from-6',
    article: 'Decree 69/2024/NĐ-CP Art. 7',
    person: aPerson('p', { age: 5, guardians: ['able'] }),
    got: 'level 2 at age 5',
  },
  {
    rule: 'foreigner-level-2-from-6',
    article: 'Decree 69/2024/NĐ-CP Art. 7',
    person: aForeigner('p', { age: 5, guardians: ['able'] }),
    got: 'level 2 at age 5',
  },
  {
    rule: 'nationality',
    article: 'Decree 69/2024/NĐ-CP Art. 7, assumed',
    person: aForeigner('p', { nationality: 'VNM' }),
    got: 'a foreigner of VNM',
  },
  {
    rule: 'foreigner-passport',
    article: 'Decree 69/2024/NĐ-CP Art. 7, assumed',
    person: aForeigner('p', { passport: undefined }),
    got: 'no passport',
  },
  {
    rule: 'guardian-of-minor',
    article: 'Decree 69/2024/NĐ-CP Art. 10(1)d',
    person: aPerson('p', { age: 13, guardians: ['guardian'] }),
    got: '"guardian" without one',
  },
  {
    rule: 'guardian-of-ward',
    article: 'Decree 69/2024/NĐ-CP Art. 10(1)d, assumed',
    person: aPerson('p', { ward: true }),
    got: 'no guardian',
  },
  {
    rule: 'organization-level-2',
    article: 'Decree 69/2024/NĐ-CP Art. 12',
    person: aPerson('p', {
      account: { level: 1 },
      memberships: [{ organization: 'company', role: 'authorised' }],
    }),
    got: 'an account of level 1',
  },
  {
    rule: 'organization-capacity',
    article: 'Decree 69/2024/NĐ-CP Art. 12, assumed',
    person: aPerson('p', {
      age: 13,
      guardians: ['able'],
      memberships: [{ organization: 'company', role: 'representative' }],
    }),
    got: 'a person of 13',
  },
  {
    rule: 'password-form',
    article: 'the VNeID app',
    person: aPerson('p', { account: { password: 'matkhau@1' } }),
    got: '"matkhau@1"',
  },
  {
    rule: 'passcode-form',
    article: 'the VNeID app',
    person: aPerson('p', { account: { passcode: '12345' } }),
    got: '"12345"',
  },
  {
    rule: 'number-form',
    article: 'Circular 07/2016/TT-BCA',
    person: aPerson('p', { number: '000195' }),
    got: '"000195"',
  },
  {
    rule: 'number-fits-sex',
    article: 'Circular 07/2016/TT-BCA',
    person: aPerson('p', { birth_date: '1995-01-01', number: '000095000001' }),
    got: '"000095000001", female',
  },
  {
    rule: 'number-fits-birth-year',
    article: 'Circular 07/2016/TT-BCA',
    person: aPerson('p', { birth_date: '1996-01-01', number: '000195000001' }),
    got: '"000195000001", born 1996-01-01',
  },
  {
    rule: 'number-fits-place',
    article: 'Circular 07/2016/TT-BCA',
    person: aPerson('p', {
      birth_date: '1995-01-01',
      number: '000195000001',
      place_of_birth_registration: 'Thử Giang',
    }),
    got: '"000195000001", registered in Thử Giang',
  },
  {
    rule: 'number-unreal',
    article: 'a rule of this mock',
    person: aPerson('p', { birth_date: '1995-01-01', number: '001195000001' }),
    got: '"001195000001", registered in Hà Nội',
  },
]

const others = [guardian, aPerson('able')]

const excused = (person: Raw): Raw => ({ ...person, unlawful: 'to see what a portal does' })

describe('the law', () => {
  test('has someone below who breaks each rule', () => {
    expect(breakers.map(({ rule }) => rule)).toEqual(law.map(({ id }) => id))
  })

  test.each(breakers)('refuses who breaks $rule, and says the article', (breaker) => {
    const { at, says } = law.find(({ id }) => id === breaker.rule)!

    expect(problemsIn([breaker.person, ...others], [company])).toEqual([
      {
        path: ['people', 0, ...at],
        message: expect.stringMatching(/^breaks the rule "/),
      },
    ])
    expect(problemsIn([breaker.person, ...others], [company])[0]?.message).toContain(
      `"${breaker.rule}" (${breaker.article}): ${says}, got ${breaker.got}.`,
    )
  })

  test.each(law.filter((rule) => !rule.hasNoExcuse))(
    'lets a persona break $id who says why',
    (rule) => {
      const { person } = breakers.find((one) => one.rule === rule.id)!

      expect(problemsIn([excused(person), ...others], [company])).toEqual([])
    },
  )

  test.each(law.filter((rule) => rule.hasNoExcuse))('lets nobody break $id', (rule) => {
    const { person } = breakers.find((one) => one.rule === rule.id)!

    expect(problemsIn([excused(person), ...others], [company])).toHaveLength(1)
  })

  test.each([
    ['Matkhau@1', true],
    ['Mậtkhẩu_12', true],
    ['Ab1!5678901234567890', true],
    ['Ab1!56789012345678901', false],
    ['Ab1!567', false],
    ['Matkhau%1', false],
    ['MATKHAU@1', false],
    ['Matkhau@a', false],
  ])('judges the password %s: %s', (password, isLawful) => {
    expect(problemsIn([aPerson('p', { account: { password } })])).toHaveLength(isLawful ? 0 : 1)
  })

  test('allows a real prefix once the setting says so', () => {
    const person = aPerson('p', { birth_date: '1995-01-01', number: '001195000001' })

    expect(problemsIn([person], [], { realNumberPrefixes: true })).toEqual([])
  })

  test('lets mere staff of an organisation have an account of level 1', () => {
    const memberships = [{ organization: 'company', role: 'staff' }]

    expect(problemsIn([aPerson('p', { account: { level: 1 }, memberships })], [company])).toEqual(
      [],
    )
  })

  test('lets a ward represent no organisation, and be nobody’s guardian', () => {
    const ward = { ward: true, guardians: ['able'] }
    const memberships = [{ organization: 'company', role: 'authorised' }]
    const child = aPerson('p', { age: 9, guardians: ['ward'] })

    const found = [
      ...problemsIn([aPerson('ward', { ...ward, memberships }), ...others], [company]),
      ...problemsIn([child, aPerson('ward', ward), ...others]),
    ]

    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('"organization-capacity"'),
      expect.stringContaining('"guardian-of-minor"'),
    ])
    expect(found[0]?.message).toContain('got a ward of 34.')
  })

  test.each([6, 13, 14])('lets a citizen of %i have an account of level 2', (age) => {
    expect(problemsIn([aPerson('p', { age, guardians: ['able'] }), ...others])).toEqual([])
  })
})
