import { didYouMean, type Problem } from '../kernel/index.ts'
import { camelCase } from './documents.ts'
import { dateProblems, isBornInTime } from './consistency.ts'
import { agedOn } from './everyone.ts'
import { lawProblems } from './law-problems.ts'
import type { LawFacts } from './law.ts'
import type { Person } from './person.ts'
import type { Roll } from './roll.ts'
import type { Known } from './settled-file.ts'

/** People as they would be, by id; `undefined` for one who would not be there any more. */
export type Proposal = ReadonlyMap<string, Known | undefined>

const asItIs: Proposal = new Map()

export interface JudgeOptions {
  roll: Roll
  realNumberPrefixes: boolean
}

/**
 * What a proposal would newly break: of the people in it, and of those they are guardian of. What
 * is broken already, by a file that says why or by a clock that was moved, is in nobody's way.
 *
 * @param mainId The one that it is about: the problems of others say whose they are.
 */
export function judge(mainId: string, proposal: Proposal, options: JudgeOptions): Problem[] {
  const dependants = new Set([...proposal.keys()].flatMap((id) => options.roll.dependantsOf(id)))
  const excuse = proposal.get(mainId)?.entry.unlawful
  const placeOf = (id: string) => [dependants.has(id) ? 'dependants' : 'guardians', id]
  return [...new Set([...proposal.keys(), ...dependants])].flatMap((id) => {
    const own = proposal.has(id) ? undefined : excuse
    const before = new Set(problemsOf(id, asItIs, own, options).map(textOf))
    const after = problemsOf(id, proposal, own, options)
    return after
      .filter((problem) => !before.has(textOf(problem)))
      .map(({ path, message }) => ({
        path: [...(id === mainId ? [] : placeOf(id)), ...pathInWishes(path)],
        message,
      }))
  })
}

const textOf = ({ path, message }: Problem) => JSON.stringify([path, message])

function problemsOf(
  id: string,
  proposal: Proposal,
  excuse: string | undefined,
  options: JudgeOptions,
): Problem[] {
  const { roll, realNumberPrefixes } = options
  const knownAs = (id: string) => (proposal.has(id) ? proposal.get(id) : roll.known(id))
  const known = knownAs(id)
  if (known === undefined) return []
  const find = (id: string): Person | undefined => {
    const one = knownAs(id)
    return one && agedOn(one.person, roll.today)
  }
  const facts: LawFacts = { find, realNumberPrefixes }
  const person = agedOn(known.person, roll.today)
  const unlawful = known.entry.unlawful ?? excuse
  return [
    ...referenceProblems(known, find, roll),
    ...numberProblems(known, proposal, roll),
    ...dateProblems(person, roll.today),
    ...(isBornInTime(person) ? lawProblems(person, unlawful, facts) : []),
  ]
}

function referenceProblems({ person }: Known, find: LawFacts['find'], roll: Roll): Problem[] {
  const guardians = person.guardianIds.flatMap((id, index): Problem[] => {
    const path = ['guardians', index]
    if (id === person.id) return [{ path, message: 'must be somebody else' }]
    return find(id) ? [] : [{ path, message: unknown(id, roll.ids()) }]
  })
  const { phoneHolderId: holder } = person
  const phone =
    holder === undefined || (holder !== person.id && find(holder))
      ? []
      : [
          {
            path: ['phoneHolderId'],
            message: holder === person.id ? 'must be somebody else' : unknown(holder, roll.ids()),
          },
        ]
  const organizations = person.memberships.flatMap(({ organizationId: id }, index): Problem[] => {
    if (roll.organization(id)) return []
    const path = ['memberships', index, 'organizationId']
    return [{ path, message: unknown(id, roll.file.organizations.keys()) }]
  })
  return [...guardians, ...phone, ...organizations]
}

const unknown = (id: string, known: Iterable<string>) =>
  `"${id}" does not exist. ${didYouMean(id, known)}`.trim()

function numberProblems({ person }: Known, proposal: Proposal, roll: Roll): Problem[] {
  const holder = roll.find(person.number)?.id
  if (holder === undefined || holder === person.id || proposal.has(holder)) return []
  return [{ path: ['number'], message: takenBy(person.number, holder) }]
}

/** What is said of an id or a number that belongs to somebody. */
const takenBy = (value: string, holder: string): string =>
  `must be their own, got "${value}" of "${holder}"`

const wishOf: Readonly<Record<string, string>> = {
  birth_date: 'birthDate',
  deceased_days_ago: 'deceasedOn',
  ward: 'isWard',
}

/** Where in somebody's wishes to look for what stands there in a file. */
function pathInWishes(path: Problem['path']): Problem['path'] {
  const [first = '', ...rest] = path
  if (first === 'account') return rest
  return [
    wishOf[first] ?? first,
    ...rest.map((part) => (typeof part === 'string' ? camelCase(part) : part)),
  ]
}
