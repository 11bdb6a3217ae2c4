import type { Problem } from '../kernel/index.ts'
import { documentDays } from './documents.ts'
import type { Person } from './person.ts'

/** Whether a personal number can say when someone was born. */
export const isBornInTime = ({ birthDate }: Person): boolean => /^(19|20|21)/.test(birthDate)

/** Days that contradict each other. */
export function dateProblems(person: Person, today: string): Problem[] {
  const { age, birthDate, card, deceasedOn } = person
  const problems: Problem[] = []
  const report = (key: string, message: string) => problems.push({ path: [key], message })
  if (!isBornInTime(person)) report('age', `must be of someone born 1900 to 2199, got ${birthDate}`)
  if (age < 0) report('birth_date', `must not be after today, got ${birthDate}`)
  if (card && card.issuedOn > today) report('card', `must be issued by today, got ${card.issuedOn}`)
  if (card && card.issuedOn < birthDate)
    report('card', `must be issued after the birth on ${birthDate}, got ${card.issuedOn}`)
  if (card?.expiresOn !== undefined && card.expiresOn < card.issuedOn)
    report('card', `must expire after its issue on ${card.issuedOn}, got ${card.expiresOn}`)
  for (const { at, day } of documentDays(person.documents))
    if (day > today || day < birthDate)
      problems.push({
        path: ['documents', at],
        message: `must be issued between the birth on ${birthDate} and today, got ${day}`,
      })
  if (deceasedOn !== undefined && deceasedOn < birthDate)
    report('deceased_days_ago', `must be after the birth on ${birthDate}, got ${deceasedOn}`)
  return problems
}
