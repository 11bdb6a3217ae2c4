import type { Command } from 'commander'
import { PersonNotFound } from '../accounts/index.ts'
import {
  environment,
  openPeople,
  type LoadOptions,
  type Pack,
  type PlainSetting,
} from '../config/index.ts'
import type { PeopleCriteria, PeopleSearch, Person } from '../index.ts'
import { systemClock } from '../kernel/index.ts'
import { callWorld, takeWorld, type CallFlags } from './call-mock.ts'
import type { ExitCode } from './run.ts'
import { sourcesIn, takeSettings, type Flags } from './settings-flags.ts'

/** Whom one asks for people: the configuration here, or a mock that runs. */
export interface PeopleSource {
  list(options: { limit?: number; after?: string }): Promise<Person[]>
  search(criteria: PeopleCriteria, options: PeopleSearch): Promise<Person[]>
  get(idOrNumber: string): Promise<Person>
  /** What only files say: of which organisations somebody is, and why they may break the law. */
  inFiles?: {
    unlawful(id: string): string | undefined
    organization(id: string): Pack['organizations'][number] | undefined
  }
}

export type SourceFlags = CallFlags & Flags

/** The settings that say which people there are. */
const settings: readonly PlainSetting[] = [
  'people',
  'population',
  'population_seed',
  'real_number_prefixes',
]

/** Lets a command say whether it asks here, with which settings, or a mock that runs. */
export function takeSource(command: Command, json: string): Command {
  return takeWorld(takeSettings(command, settings), json)
}

/** Asks the configuration, unless a mock is named. */
export async function askPeople(
  flags: SourceFlags,
  ask: (people: PeopleSource) => Promise<ExitCode | void>,
): Promise<ExitCode> {
  const { url, world } = flags
  if (url === undefined && world === undefined) return (await ask(here(flags))) ?? 0
  return callWorld(flags, async ({ people }) => ask(people))
}

/** What a start would read here. */
export function loadOptionsIn(flags: Flags): LoadOptions {
  return { environment, clock: systemClock, ...sourcesIn(flags, settings) }
}

function here(flags: Flags): PeopleSource {
  const { people, file } = openPeople(loadOptionsIn(flags))
  return {
    list: (options) => people.list(options),
    search: (criteria, options) => people.search(criteria, options),
    get: async (idOrNumber) => {
      const person = await people.find(idOrNumber)
      if (person === undefined) throw new PersonNotFound(idOrNumber, people.nearest(idOrNumber))
      return person
    },
    inFiles: {
      unlawful: (wanted) => file.people.find(({ id }) => id === wanted)?.unlawful,
      organization: (wanted) => file.organizations.find(({ id }) => id === wanted),
    },
  }
}
