import type { Random } from '../kernel/index.ts'
import { applyWishes } from './apply-wishes.ts'
import { agedOn, isMinor } from './everyone.ts'
import { guardianFor } from './invent-guardian.ts'
import { inventPerson, type Surroundings } from './invent-person.ts'
import { chanceFrom } from './invention/index.ts'
import type { PersonEntry } from './people-file.ts'
import type { Roll } from './roll.ts'
import { settlePerson } from './settle.ts'
import type { Known } from './settled-file.ts'
import type { PersonWishes } from './wishes.ts'

/** Somebody as wished, and the guardian whom they need and nobody named. */
export function makePeople(
  id: string,
  wishes: PersonWishes,
  { roll, random }: { roll: Roll; random: Random },
): readonly Known[] {
  const around: Surroundings = {
    chance: chanceFrom(random.id()),
    today: roll.today,
    isTaken: (kind, value) =>
      kind === 'phone' ? roll.hasPhone(value) : roll.find(value) !== undefined,
  }
  const make = (id: string, wishes: PersonWishes, around: Surroundings) =>
    knownAs(applyWishes(inventPerson(id, wishes, around), wishes, around.today), roll.now)
  const made = make(id, wishes, around)
  const person = agedOn(made.person, around.today)
  if (wishes.guardians !== undefined || !(isMinor(person) || person.isWard)) return [made]
  const { id: likelyId, ...wanted } = guardianFor(person, around.chance)
  const guardian = make(freeId(likelyId, roll), wanted, {
    ...around,
    isTaken: (kind, value) =>
      [person.number, person.phone].includes(value) || around.isTaken(kind, value),
  })
  return [knownAs({ ...made.entry, guardians: [guardian.entry.id] }, roll.now), guardian]
}

/** An entry of somebody who is changed now. */
export const knownAs = (entry: PersonEntry, now: number): Known => ({
  entry,
  person: settlePerson(entry, now),
})

/** An id that nobody has, made of the world's chance. */
export function inventId(random: Random, roll: Roll): string {
  for (;;) {
    const id = `person-${random.digits(8)}`
    if (holderOf(id, roll) === undefined) return id
  }
}

/** Whose an id is: a person's or an organisation's, by name. */
export const holderOf = (id: string, roll: Roll): string | undefined =>
  (roll.known(id)?.person ?? roll.organization(id))?.name

function freeId(likely: string, roll: Roll): string {
  for (let other = 1; ; other++) {
    const id = other === 1 ? likely : `${likely}-${other}`
    if (holderOf(id, roll) === undefined) return id
  }
}
