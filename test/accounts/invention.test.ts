import { describe, expect, test } from 'vitest'
import {
  chanceFrom,
  foreignNationalities,
  inventAddress,
  inventEthnicity,
  inventForeignName,
  inventName,
  inventOldNumber,
  inventPassport,
  inventPhone,
  inventPlaceOfOrigin,
  type Ethnicity,
  type InventedName,
  type Named,
} from '../../src/accounts/invention/index.ts'
import { isFamous } from '../../src/accounts/invention/famous-names.ts'
import { provinces } from '../../src/accounts/index.ts'

const someNames = (count: number, named: Named): InventedName[] => {
  const chance = chanceFrom(`names of ${JSON.stringify(named)}`)
  return Array.from({ length: count }, () => inventName(chance, named))
}

const shareOf = <T>(list: readonly T[], isIt: (one: T) => boolean) =>
  list.filter(isIt).length / list.length

describe('chance', () => {
  const draw = (seed: string) => {
    const chance = chanceFrom(seed)
    return Array.from({ length: 20 }, () => chance.below(1_000_000))
  }

  test('gives the same for the same seed, and something else for another', () => {
    expect(draw('one')).toEqual(draw('one'))
    expect(draw('two')).not.toEqual(draw('one'))
  })

  test('reaches every number below its bound, and no other', () => {
    const chance = chanceFrom('bounds')
    const drawn = new Set(Array.from({ length: 1000 }, () => chance.below(7)))

    expect([...drawn].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  test('keeps to the weights, and never draws what weighs nothing', () => {
    const chance = chanceFrom('weights')
    const drawn = Array.from({ length: 20_000 }, () =>
      chance.weighted([
        [3, 'three'],
        [0, 'never'],
        [1, 'one'],
      ]),
    )

    expect(drawn).not.toContain('never')
    expect(shareOf(drawn, (one) => one === 'three')).toBeCloseTo(0.75, 1)
  })

  test('has nothing to choose from an empty list', () => {
    expect(() => chanceFrom('x').pick([])).toThrow(new RangeError('nothing to choose from'))
  })
})

describe('a name', () => {
  test('is in NFC, has no empty word and says its parts in order', () => {
    for (const { name, familyName, middleName = '', givenName } of someNames(500, {
      sex: 'female',
    })) {
      expect(name).toBe(name.normalize('NFC'))
      expect(name).toBe([familyName, middleName, givenName].filter(Boolean).join(' '))
      expect(name).not.toMatch(/^\s|\s\s|\s$/)
    }
  })

  test('has Thị in women only, and Văn in men only', () => {
    for (const birthYear of [1935, 1955, 1970, 1990, 2005, 2018]) {
      const middles = (sex: 'male' | 'female') =>
        someNames(1500, { sex, birthYear }).map(({ middleName = '' }) => middleName.split(' '))

      expect(middles('male').flat()).not.toContain('Thị')
      expect(middles('female').flat()).not.toContain('Văn')
      expect(middles('male').flat()).toContain('Văn')
      expect(middles('female').flat()).toContain('Thị')
    }
  })

  test('is Nguyễn for three in ten, and Huỳnh rather in the south', () => {
    const families = (province: string) =>
      someNames(6000, { sex: 'male', province }).map(({ familyName }) => familyName)
    const [north, south] = [families('Ninh Bình'), families('Cần Thơ')]

    expect(shareOf(north, (one) => one === 'Nguyễn')).toBeCloseTo(0.315, 1)
    expect(north).not.toContain('Huỳnh')
    expect(shareOf(south, (one) => one === 'Huỳnh')).toBeGreaterThan(0.03)
    expect(shareOf(south, (one) => one === 'Hoàng')).toBeLessThan(0.02)
  })

  test('follows the fashion: few girls of today are Thị, most grandmothers are', () => {
    const thi = (birthYear: number) =>
      shareOf(someNames(2000, { sex: 'female', birthYear }), ({ middleName = '' }) =>
        middleName.startsWith('Thị'),
      )

    expect(thi(1950)).toBeGreaterThan(0.75)
    expect(thi(1985)).toBeGreaterThan(0.4)
    expect(thi(2018)).toBeLessThan(0.15)
  })

  test('repeats no word of itself', () => {
    for (const familyName of ['Hà', 'Mai', 'Văn'])
      for (const { name } of someNames(800, { sex: 'female', familyName, birthYear: 1960 }))
        expect([...new Set(name.split(' '))].join(' ')).toBe(name)
  })

  test('is nobody famous, though the words are all there', () => {
    const named: Named = { sex: 'female', familyName: 'Nguyễn', birthYear: 1985 }
    const names = someNames(60_000, named).map(({ name }) => name)

    expect(names).toContain('Nguyễn Thị Phương')
    expect(isFamous('Nguyễn Thị Oanh')).toBe(true)
    expect(names.filter(isFamous)).toEqual([])
  })

  test.each<[Ethnicity, 'male' | 'female', RegExp]>([
    ['Ê Đê', 'female', /^H'\S+ \S/],
    ['Ê Đê', 'male', /^Y \S+ \S/],
    ['Gia Rai', 'female', / H'\S+$/],
    ['Ba Na', 'male', /^(A|Đinh) \S+$/],
    ['Xơ Đăng', 'female', /^Y \S+$/],
    ['Mông', 'female', /^\S+ Thị \S+$/],
    ['Mông', 'male', /^\S+ (A|Seo|Mí|Văn) \S+$/],
    ['Cơ Ho', 'male', /^K'\S+$/],
    ['Cơ Ho', 'female', /^Ka \S+$/],
    ['Thái', 'male', /^(Lò|Cầm|Quàng|Lường|Cà|Tòng|Hà|Vi|Bạc|Điêu|Mè|Lù|Lộc|Vì|Lương) Văn /],
  ])('of the %s, %s, has their own form', (ethnicity, sex, form) => {
    for (const { name } of someNames(200, { sex, ethnicity })) expect(name).toMatch(form)
  })

  test('of the Ê Đê has the given name first, and the clan is the family name', () => {
    for (const { name, familyName, givenName } of someNames(100, {
      sex: 'female',
      ethnicity: 'Ê Đê',
    }))
      expect(name).toBe(`${givenName} ${familyName}`)
  })

  test('of a foreigner has the family name first, for every nationality', () => {
    const chance = chanceFrom('foreigners')
    for (const [, nationality] of foreignNationalities)
      for (const sex of ['male', 'female'] as const) {
        const { name, familyName, givenName } = inventForeignName(chance, nationality, sex)
        expect(name).toBe(`${familyName} ${givenName}`)
      }
    expect(inventForeignName(chance, 'NZL', 'male').name).toMatch(/^\S+ \S/)
  })
})

describe('where somebody lives', () => {
  const real = provinces.today.filter(({ code }) => !['00', '03', '05', '98', '99'].includes(code))

  test('is one of the 34 provinces, each of them sometimes', () => {
    const chance = chanceFrom('provinces')
    const lived = new Set(Array.from({ length: 8000 }, () => inventAddress(chance).province))

    expect([...lived].toSorted()).toEqual(real.map(({ name }) => name).toSorted())
    expect(lived.size).toBe(34)
  })

  test('is a ward or commune of the province that was asked for', () => {
    const chance = chanceFrom('addresses')
    for (const { name } of real) {
      const { street, commune, province } = inventAddress(chance, name)
      expect(province).toBe(name)
      expect(commune).toMatch(/^(Xã|Phường) \S+ \S+$/)
      expect(street).not.toBe('')
      expect(inventPlaceOfOrigin(chance, name)).toMatch(new RegExp(`^Xã .+, ${name}$`))
    }
  })

  test('decides who one is likely to be', () => {
    const chance = chanceFrom('peoples')
    const peoples = (province: string) =>
      Array.from({ length: 2000 }, () => inventEthnicity(chance, province))

    expect(shareOf(peoples('Điện Biên'), (one) => one === 'Mông')).toBeCloseTo(0.38, 1)
    expect(peoples('Hưng Yên')).not.toContain('Mông')
    expect(peoples('Đắk Lắk')).toContain('Ê Đê')
  })
})

test('papers and phones are of the ranges that nobody has, and not those of the personas', () => {
  const chance = chanceFrom('papers')
  for (let n = 0; n < 500; n++) {
    expect(inventPhone(chance)).toMatch(/^\+84990(?!00)\d{6}$/)
    expect(inventOldNumber(chance)).toMatch(/^000(?!000)\d{6}$/)
    expect(inventPassport(chance, 'citizen')).toMatch(/^X(?!000)\d{7}$/)
    expect(inventPassport(chance, 'foreigner')).toMatch(/^XX(?!000)\d{7}$/)
  }
})
