import { daysFrom } from '../dates.ts'
import {
  inventForeignName,
  inventForeignPlace,
  inventName,
  inventPassport,
  inventPlaceOfOrigin,
  oldNumber,
  oldNumberCount,
  phoneCount,
  phoneNumber,
  type Chance,
  type InventedName,
} from '../invention/index.ts'
import type { PersonEntry } from '../people-file.ts'
import { ageOfOwnAccount, type AccountState, type Level } from '../person.ts'
import { expiredCard, mayHaveExpired, validCard } from './cards.ts'
import type { Family } from './families.ts'
import { comingOfAge } from './households.ts'
import { about, type Mixer } from './mix.ts'
import type { Plan, Slot } from './plan.ts'
import { atAge, type Shares } from './shares.ts'

/** What is computed of somebody before they can be described. */
export interface Place {
  index: number
  slot: Slot
  level: Level
  state: AccountState
  family: Family
  number: string
  birthDate: string
  guardians: readonly string[]
}

export const idOf = (index: number): string => `p-${index}`

/** Describes people as a file of people would, on a day. */
export function makeEntries(options: {
  plan: Plan
  shares: Shares
  anchorDay: string
  mixer: Mixer
}): (place: Place) => PersonEntry {
  const { plan, shares, anchorDay, mixer } = options
  const expired = shareAmong(plan, shares.expiredCards)

  return (place) => {
    const { index, slot, family, birthDate } = place
    const { age, sex, kind, role, isWard } = slot
    const chance = mixer.chance(about.person, index)
    const name = nameOf(chance, place)
    const mayBeDead = role !== 'guardian' && age >= comingOfAge
    const isDead = mayBeDead && chance.happens(atAge(shares.deceased, age))
    const daysDead = isDead ? 1 + chance.below(mostDaysDead) : 0
    const lastDay = daysFrom(anchorDay, -daysDead)
    const holder = { kind, birthDate, age }
    const isExpired = mayHaveExpired(holder) && chance.happens(expired)
    const contact = contactOf(chance, shares, place)
    const papers = papersOf(chance, shares, place)
    const hasDevice = contact.phone !== undefined && place.state !== 'not-activated'
    return {
      id: idOf(index),
      name: name.name,
      family_name: name.familyName === '' ? undefined : name.familyName,
      middle_name: name.middleName,
      given_name: name.givenName,
      kind,
      sex,
      birth_date: birthDate,
      number: place.number,
      nationality: family.nationality,
      place_of_origin: originOf(chance, place),
      address: family.address,
      ...contact,
      ...papers,
      card: isExpired ? expiredCard(chance, holder, lastDay) : validCard(chance, holder, lastDay),
      account: {
        level: place.level,
        state: place.state,
        ...everyonesSecrets,
        device: hasDevice ? `Điện thoại của ${name.givenName}` : undefined,
      },
      guardians: [...place.guardians],
      ward: isWard,
      memberships: [],
      deceased_days_ago: isDead ? daysDead : undefined,
    }
  }
}

const mostDaysDead = 700

/** As everyone's in the file of personas. */
const everyonesSecrets = { password: 'Matkhau@1', passcode: '123456' }

function nameOf(chance: Chance, { slot, family }: Place): InventedName {
  const { sex, kind, birthYear, bearsName } = slot
  if (kind === 'foreigner')
    return inventForeignName(
      chance,
      family.nationality,
      sex,
      bearsName ? family.familyName : undefined,
    )
  return inventName(chance, {
    sex,
    birthYear,
    ethnicity: family.ethnicity,
    province: family.address.province,
    ...(bearsName && family.familyName !== undefined && { familyName: family.familyName }),
  })
}

function originOf(chance: Chance, { slot, family }: Place): string {
  if (slot.bearsName) return family.placeOfOrigin
  return slot.kind === 'foreigner'
    ? inventForeignPlace(chance, family.nationality)
    : inventPlaceOfOrigin(chance, family.address.province)
}

/** A child has no phone of its own, and a guardian has one: it is where the child's codes arrive. */
function contactOf(chance: Chance, shares: Shares, { index, slot: { age, role } }: Place) {
  const hasNoPhone = chance.happens(atAge(shares.withoutPhone, age))
  const hasNoEmail = chance.happens(shares.withoutEmail)
  const isGrown = age >= ageOfOwnAccount
  return {
    phone:
      isGrown && (role === 'guardian' || !hasNoPhone)
        ? phoneNumber(scattered(index, phoneCount))
        : undefined,
    email: isGrown && !hasNoEmail ? `${idOf(index)}@example.com` : undefined,
  }
}

function papersOf(chance: Chance, shares: Shares, { index, slot: { age, kind } }: Place) {
  const isForeign = kind === 'foreigner'
  const travels = age >= ageOfOwnAccount && chance.happens(shares.passports)
  const hadOld = !isForeign && age >= 21 && chance.happens(shares.oldNumbers)
  return {
    passport: isForeign || travels ? inventPassport(chance, kind) : undefined,
    previous_numbers: hadOld ? [oldNumber(scattered(index, oldNumberCount))] : [],
  }
}

/** One of so many, in no order that one sees; neighbours never the same. */
const scattered = (index: number, count: number) => (index * 617_717) % count

/** The share of those who can have an expired card, that makes this share of all from 14 on. */
function shareAmong(plan: Plan, share: number): number {
  const { grown, able } = cardsIn(plan)
  return Math.min(1, (share * grown) / Math.max(1, able))
}

/** The largest share of expired cards that there can be. */
export function mostExpiredCards(plan: Plan): number {
  const { grown, able } = cardsIn(plan)
  return able / Math.max(1, grown)
}

const cardsIn = ({ slots }: Plan) => ({
  grown: slots.filter(({ age }) => age >= ageOfOwnAccount).length,
  able: slots.filter(mayHaveExpired).length,
})
