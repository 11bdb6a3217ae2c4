import { daysBetween, daysFrom, yearsFrom } from '../dates.ts'
import type { Chance } from '../invention/index.ts'

export interface Card {
  issued_on: string
  expires_on?: string
}

/** Who holds the card. */
interface Holder {
  kind: 'citizen' | 'foreigner'
  /** `YYYY-MM-DD`, or a year. */
  birthDate: string
  age: number
}

/** At these ages a citizen needs a new card. Law on Identification 26/2023/QH15 Art. 21. */
const newCardAt = [14, 25, 40, 60]

/** A card that was issued so many years before such an age lasts until the next. The same article. */
const yearsBefore = 2

/** How many years a card was issued ago at most. Assumed: as long as there have been chips. */
const oldestCard = 5

/** A card that is valid on a day. */
export function validCard(chance: Chance, holder: Holder, day: string): Card {
  const issuedOn = issueDay(chance, holder, day)
  if (holder.kind === 'foreigner') return foreignersCard(chance, issuedOn, day)
  const ageThen = yearsOf(holder.birthDate, issuedOn)
  const until = newCardAt.find((age) => age - yearsBefore > ageThen)
  if (until === undefined) return { issued_on: issuedOn }
  const expiresOn = yearsFrom(firstDayOf(holder.birthDate), until)
  // They came for the new one in time.
  return expiresOn >= day
    ? { issued_on: issuedOn, expires_on: expiresOn }
    : validCard(chance, holder, day)
}

/** Whether somebody of this age can have missed to get a new card, not so long ago. */
export const mayHaveExpired = ({ kind, age }: Pick<Holder, 'kind' | 'age'>): boolean =>
  age >= 14 && (kind === 'foreigner' || missedAt(age) !== undefined)

/** At which age, at most so many years ago, a new card was due. */
const missedAt = (age: number) => newCardAt.find((at) => at > 14 && at <= age && age - at <= 8)

/**
 * Whether the card of somebody who is as old now can have expired. Their age was that of another
 * day.
 */
export function mayExpireBefore(
  ageNow: number,
  holder: Pick<Holder, 'kind' | 'age'> & { isLate: boolean },
): boolean {
  if (holder.kind === 'foreigner' || mayHaveExpired(holder)) return true
  // A card of that day lasts until a birthday of that year at least.
  const next = holder.age + (holder.isLate ? 1 : 0)
  return newCardAt.some((at) => at >= next && at <= ageNow)
}

/** A card that expired before a day. */
export function expiredCard(chance: Chance, { birthDate, kind, age }: Holder, day: string): Card {
  const missed = kind === 'citizen' ? missedAt(age) : undefined
  const expiresOn =
    missed === undefined
      ? daysFrom(day, -1 - chance.below(364))
      : daysFrom(yearsFrom(firstDayOf(birthDate), missed), -1)
  const years = kind === 'foreigner' ? 1 : 3 + chance.below(4)
  const issuedOn = daysFrom(yearsFrom(expiresOn, -years), chance.below(200))
  return { issued_on: issuedOn, expires_on: expiresOn }
}

/** Residence cards are for some years, a permanent one for ten. */
function foreignersCard(chance: Chance, issuedOn: string, day: string): Card {
  const years = chance.pick([2, 3, 5, 10])
  const expiresOn = yearsFrom(issuedOn, years)
  return { issued_on: issuedOn, expires_on: expiresOn > day ? expiresOn : yearsFrom(issuedOn, 10) }
}

function issueDay(chance: Chance, { birthDate, age }: Holder, day: string): string {
  const earliest = yearsFrom(day, age < 14 ? -2 : -oldestCard)
  const birth = firstDayOf(birthDate)
  const from = birth > earliest ? birth : earliest
  return daysFrom(from, chance.below(1 + daysBetween(from, day)))
}

const firstDayOf = (birthDate: string) =>
  birthDate.length === 4 ? `${birthDate}-01-01` : birthDate

function yearsOf(birthDate: string, day: string): number {
  return daysBetween(firstDayOf(birthDate), day) / 365.2425
}
