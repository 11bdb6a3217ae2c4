import {
  checkPeople,
  createPeople,
  law,
  WishesRefused,
  type PeopleFile,
  type PeopleOptions,
  type Person,
  type ReplaceablePeople,
} from '../../src/accounts/index.ts'
import {
  followChanges,
  seededRandom,
  type Changed,
  type Changes,
  type Clock,
  type Json,
  type Store,
} from '../../src/kernel/index.ts'
import { anOrganization, aPerson, MovableClock, noon, type Raw } from './population.ts'

/** The table of a store that several replicas share. What is read is a copy. */
export class SharedTable implements Pick<Store, 'change' | 'changesSince'> {
  #log: (readonly [key: string, value: Json])[] = []
  #cleared = 0

  async change(entries: Readonly<Record<string, Json>>, onlyAt?: string): Promise<boolean> {
    if (onlyAt !== undefined && onlyAt !== this.#at) return false
    this.#log.push(...Object.entries(structuredClone(entries)))
    return true
  }

  async changesSince(at?: string): Promise<Changed> {
    const [cleared, place] = (at ?? ' ').split(' ')
    const isWhole = cleared !== String(this.#cleared)
    const entries = isWhole
      ? [...new Map(this.#log)].filter(([, value]) => value !== null)
      : this.#log.slice(Number(place))
    return {
      at: this.#at,
      isWhole,
      entries: structuredClone(entries),
    }
  }

  get #at(): string {
    return `${this.#cleared} ${this.#log.length}`
  }

  /** As a reset of the world does. */
  clear(): void {
    this.#log = []
    this.#cleared++
  }
}

export const company: Raw = anOrganization('company')

export interface Replica {
  people: ReplaceablePeople
  changes: Changes
}

/** A file of people, who must be lawful, and one company. */
export function fileOf(people: readonly Raw[], now: number = noon): PeopleFile {
  const { people: file, problems } = checkPeople({ people, organizations: [company] }, { now })
  if (problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 2))
  return file
}

/** One who serves a world, whose file has these people and one company. */
export function serve(
  persons: readonly Raw[] = [],
  {
    table = new SharedTable(),
    clock = new MovableClock(),
    seed = 'seed',
    ...otherwise
  }: { table?: SharedTable; clock?: Clock; seed?: string } & Partial<PeopleOptions> = {},
): Replica {
  const file = fileOf(persons, clock.now())
  const changes = followChanges(table)
  const options = { file, clock, changes, random: seededRandom(seed), ...otherwise }
  return { people: createPeople(options), changes }
}

/** A mother, her child and a man who is nobody's father. */
export const family: readonly Raw[] = [
  aPerson('mother', { name: 'Lê Thị Thu Hà', phone: '+84990000003' }),
  aPerson('child', { age: 9, guardians: ['mother'] }),
  aPerson('bo', { sex: 'male', name: 'Trần Văn Bo', age: 40, birthday: '05-17' }),
]

/** The rules that people break, as `<id>: <rule>`. */
export async function rulesBrokenBy(
  people: ReplaceablePeople,
  persons: readonly Person[],
): Promise<string[]> {
  const ids = new Set(persons.flatMap(({ guardianIds }) => guardianIds))
  const guardians = await Promise.all([...ids].map((id) => people.find(id)))
  const facts = {
    find: (id: string) => guardians.find((one) => one?.id === id),
    realNumberPrefixes: false,
  }
  return persons.flatMap((person) =>
    law
      .filter((rule) => rule.breaks(person, facts) !== undefined)
      .map((rule) => `${person.id}: ${rule.id}`),
  )
}

/** Why something was refused: `<path>: <message>` of each problem. */
export const problemsOf = async (refused: Promise<unknown>): Promise<string[]> =>
  refused.then(
    () => {
      throw new Error('nothing was refused')
    },
    (error: unknown) => {
      if (!(error instanceof WishesRefused)) throw error
      return error.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
    },
  )
