import type { Sex } from '../person.ts'
import type { Chance } from './chance.ts'
import type { Ethnicity } from './ethnicity.ts'
import { isFamous } from './famous-names.ts'
import { familyNamesIn } from './family-names.ts'
import type { Fashion } from './fashion.ts'
import { fashionsOfMen } from './mens-names.ts'
import { hasNoFathersName, minorityName, type NameInParts } from './minority-names.ts'
import { regionOf } from './regions.ts'
import { fashionsOfWomen } from './womens-names.ts'
import { words } from './words.ts'

/** Whose name is to be made up. */
export interface Named {
  sex: Sex
  /** @default 'Kinh' */
  ethnicity?: Ethnicity
  /**
   * Names have fashions: Nguyễn Thị Cúc is older than Nguyễn Gia Hân.
   *
   * @default 1990
   */
  birthYear?: number
  /** Where the family comes from: in the north Hoàng, in the south Huỳnh. */
  province?: string
  /** For a member of a family that has its name already. */
  familyName?: string
}

export interface InventedName {
  /** Full name, NFC, in the order in which it is said. */
  name: string
  /** Empty where there is none. */
  familyName: string
  middleName?: string
  givenName: string
}

/** A family name for a household; none where children do not take their father's. */
export function familyNameOf(
  chance: Chance,
  { ethnicity = 'Kinh', province = 'Hà Nội' }: Pick<Named, 'ethnicity' | 'province'>,
): string | undefined {
  if (hasNoFathersName(ethnicity)) return undefined
  if (ethnicity !== 'Kinh') return minorityName(chance, ethnicity, 'male').familyName
  return chance.weighted(familyNamesIn(regionOf(province)))
}

/** A name that nobody famous has. */
export function inventName(chance: Chance, named: Named): InventedName {
  for (;;) {
    const invented = said(partsFor(chance, named))
    if (!isFamous(invented.name) && !repeatsItself(invented.name)) return invented
  }
}

function partsFor(chance: Chance, named: Named): NameInParts {
  const { sex, ethnicity = 'Kinh', birthYear = 1990, province = 'Hà Nội', familyName } = named
  if (ethnicity !== 'Kinh') return minorityName(chance, ethnicity, sex, familyName)
  const family = familyName ?? chance.weighted(familyNamesIn(regionOf(province)))
  return { familyName: family, ...kinhGivenName(chance, sex, birthYear) }
}

function kinhGivenName(chance: Chance, sex: Sex, birthYear: number) {
  const fashions = sex === 'female' ? fashionsOfWomen : fashionsOfMen
  const fashion = fashions.find(({ until }) => birthYear <= until) as Fashion
  const { forms, middles, prefixes, singles, pairs } = fashion
  const form = chance.weighted(forms)
  if (form === 'single') {
    const givenName = chance.pick(singles)
    const middleName = chance.weighted(middles)
    return { middleName: plain.has(givenName) ? plainMiddle[sex] : middleName, givenName }
  }
  const [middle = '', givenName = ''] = chance.pick(pairs).split(' ')
  const prefix = form === 'prefixed' ? `${chance.weighted(prefixes)} ` : ''
  return { middleName: `${prefix}${middle}`, givenName }
}

/** Names that parents gave who did not look for fine ones, by number, year or hope. */
const plain = new Set(
  words(`
    Hai Ba Tư Năm Sáu Bảy Tám Chín Mười Út Bé Gái Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi
    Chắt Nụ Ngát Lụa Gấm Xoan Chanh Chiên Lành Nhẫn Thêu Chức Đệ Nhâm Canh Ất Lựu Phấn`),
)

const plainMiddle = { male: 'Văn', female: 'Thị' }

function said({ familyName, middleName, givenName, isGivenNameFirst }: NameInParts): InventedName {
  const inOrder = isGivenNameFirst
    ? [givenName, middleName, familyName]
    : [familyName, middleName, givenName]
  return {
    name: inOrder.filter((part) => part !== undefined && part !== '').join(' '),
    familyName,
    ...(middleName !== undefined && { middleName }),
    givenName,
  }
}

/** Nobody is called Hà Thị Hà, or a man Nguyễn Văn Văn. */
function repeatsItself(name: string): boolean {
  const parts = name.split(' ')
  return new Set(parts).size < parts.length
}
