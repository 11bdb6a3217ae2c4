import { describe, expect, test } from 'vitest'
import { startMock } from '../../support/mock.ts'

const scope = 'openid vneid vneid:documents'

const documents = [
  'health_insurance',
  'social_insurance',
  'driving_licence',
  'vehicles',
  'health_book',
  'judicial_record',
  'tax',
  'benefits_account',
]

const documentsOf = async (as: string, role?: string) => {
  const world = await (await startMock()).world()
  const { claims = {} } = await world.signIn({ as, scope, ...(role === undefined ? {} : { role }) })
  return { world, told: Object.keys(claims).filter((claim) => documents.includes(claim)), claims }
}

describe('integrated documents', () => {
  test.each([
    ['adult-level-2', documents],
    [
      'guardian-of-two',
      ['health_insurance', 'social_insurance', 'driving_licence', 'benefits_account'],
    ],
    ['foreigner-level-2', ['driving_licence', 'tax']],
    ['year-only-birth-date', ['health_insurance', 'health_book', 'benefits_account']],
    ['child-13-level-2', ['health_insurance', 'health_book']],
    ['no-email', []],
  ])('of %s are told as %j', async (as, expected) => {
    const { told } = await documentsOf(as)

    expect(told.toSorted()).toEqual(expected.toSorted())
  })

  test('have each the form that relying parties can read', async () => {
    const { world, claims } = await documentsOf('adult-level-2')
    const { number } = await world.people.get('adult-level-2')
    const day = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)

    expect(claims).toMatchObject({
      health_insurance: {
        number: 'DN4000000000101',
        place_of_care: 'Bệnh viện Ví Dụ',
        issued_on: day,
        expires_on: day,
      },
      social_insurance: { number },
      driving_licence: { number: '000000000101', class: 'B', issued_on: day, expires_on: day },
      vehicles: [
        { plate: '00-A1 000.01', kind: 'Xe mô tô', make: 'Ví Dụ 110', issued_on: day },
        { plate: '00A-000.01', kind: 'Ô tô con', make: 'Minh Họa S', issued_on: day },
      ],
      health_book: { number: '000000000101', issued_on: day },
      judicial_record: { number: '00-000101', has_convictions: false, issued_on: day },
      tax: { code: number },
      benefits_account: { bank: 'Ngân hàng Ví Dụ', account_number: '0000000000101' },
    })
  })

  test('are told of nobody who has level 1, and of the same person once they have level 2', async () => {
    const { world, told, claims } = await documentsOf('adult-level-1')
    await world.people.change('adult-level-1', { level: 2 })
    const { claims: raised } = await world.signIn({ as: 'adult-level-1', scope })

    expect([told, claims['account_level']]).toEqual([[], 1])
    expect(raised).toMatchObject({ health_insurance: { number: 'DN4000000000102' } })
  })

  test('are the child’s where a guardian acts, and nobody’s where an organisation is meant', async () => {
    const child = await documentsOf('guardian-of-twins-and-ward', 'child-13-level-2')
    const company = await documentsOf('company-representative', 'example-company')

    expect(child.claims).toMatchObject({ health_insurance: { number: 'HS4000000000118' } })
    expect(company.told).toEqual([])
  })

  test('are told to nobody who did not ask', async () => {
    const world = await (await startMock()).world()

    const { claims = {} } = await world.signIn({ as: 'adult-level-2' })

    expect(Object.keys(claims).filter((claim) => documents.includes(claim))).toEqual([])
  })

  test('are each a claim that can be asked for alone', async () => {
    const world = await (await startMock()).world()
    const parameters = { claims: JSON.stringify({ userinfo: { driving_licence: null } }) }

    const { claims = {} } = await world.signIn({ as: 'adult-level-2', scope: 'openid', parameters })

    expect(Object.keys(claims).filter((claim) => documents.includes(claim))).toEqual([
      'driving_licence',
    ])
  })
})

describe('documents that change while a world runs', () => {
  test('are added, taken away one by one, and all at once', async () => {
    const { world } = await documentsOf('no-email')
    const told = async () => {
      const { claims = {} } = await world.signIn({ as: 'no-email', scope })
      return Object.keys(claims).filter((claim) => documents.includes(claim))
    }
    const tax = { code: '8000000001' }
    const healthBook = { number: '000000000131', issuedOn: '2024-01-01' }

    await world.people.change('no-email', { documents: { tax, healthBook } })
    const added = await told()
    await world.people.change('no-email', { documents: { tax: null } })
    const less = await world.people.get('no-email')
    await world.people.change('no-email', { documents: null })

    expect(added).toEqual(['health_book', 'tax'])
    expect(less.documents).toEqual({ healthBook })
    expect(await told()).toEqual([])
  })

  test('keep their days, whatever else is changed later', async () => {
    const { world } = await documentsOf('adult-level-2')
    const { documents: before } = await world.people.get('adult-level-2')
    await world.clock.advance({ by: '400d' })
    await world.people.change('adult-level-2', { email: 'other@example.com' })

    expect((await world.people.get('adult-level-2')).documents).toEqual(before)
  })

  test('are refused where they were issued before the birth, or after today', async () => {
    const { world } = await documentsOf('no-email')
    const healthBook = { number: '1', issuedOn: '1900-01-01' }
    const drivingLicence = { number: '1', class: 'B', issuedOn: '2199-01-01' }

    await expect(
      world.people.change('no-email', { documents: { healthBook, drivingLicence } }),
    ).rejects.toMatchObject({
      code: 'ERR_PERSON_INVALID',
      problems: [{ path: ['documents', 'drivingLicence'] }, { path: ['documents', 'healthBook'] }],
    })
  })
})
