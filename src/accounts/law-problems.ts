import type { Problem } from '../kernel/index.ts'
import { law, type LawFacts } from './law.ts'
import type { Person } from './person.ts'

/**
 * Every rule of the law that a person breaks, unless somebody said why they may.
 *
 * @param isUnread Whether nothing is known of what stands at a place of their entry.
 * @param isNumberMade Whether their number is made, and so breaks a rule only for the place in it.
 */
export function lawProblems(
  person: Person,
  unlawful: string | undefined,
  facts: LawFacts,
  isUnread: (place: string) => boolean = () => false,
  isNumberMade = false,
): Problem[] {
  const isExcused = unlawful !== undefined || isUnread('unlawful')
  return law.flatMap((rule) => {
    if (isExcused && !rule.hasNoExcuse) return []
    if ([rule.at.join('.'), ...(rule.alsoAt ?? [])].some(isUnread)) return []
    const found = rule.breaks(person, facts)
    if (found === undefined) return []
    const source = rule.isAssumed ? `${rule.article}, assumed` : rule.article
    const excuse = rule.hasNoExcuse ? '' : ' Change it, or say unlawful: "<why>".'
    const isOfPlace = isNumberMade && rule.at[0] === 'number'
    const got = isOfPlace ? JSON.stringify(person.placeOfBirthRegistration) : found
    const message = `breaks the rule "${rule.id}" (${source}): ${rule.says}, got ${got}.${excuse}`
    return [{ path: isOfPlace ? ['place_of_birth_registration'] : rule.at, message }]
  })
}
