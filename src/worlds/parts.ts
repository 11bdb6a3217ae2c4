import {
  createPeople,
  populationOf,
  type PeopleFile,
  type ReplaceablePeople,
} from '../accounts/index.ts'
import { createClients, type ReplaceableClients } from '../clients/index.ts'
import { NextSignIns } from '../control/index.ts'
import { Faults } from '../faults/index.ts'
import { Journal } from '../journal/index.ts'
import {
  seededRandom,
  systemRandom,
  type Changes,
  type Clock,
  type Random,
  type SeededRandom,
  type Store,
} from '../kernel/index.ts'
import { createMessages, SignIns, type SignInSettings } from '../signin/index.ts'
import type { WorldOptions } from './world-options.ts'
import type { WorldRecord } from './world-record.ts'

/** What a world consists of, once it is known what it was made with. */
export interface Parts {
  record: WorldRecord | undefined
  random: Random
  /** The same, where a seed says how it goes. */
  chance?: SeededRandom | undefined
  people: ReplaceablePeople
  clients: ReplaceableClients
  signIns: SignIns
  journal: Journal
  messages: ReturnType<typeof createMessages>
  nextSignIns: NextSignIns
  faults: Faults
}

/** What a world's parts stand on. */
export interface Ground {
  store: Store
  clock: Clock
  changes: Changes
}

/** Makes the parts of a world of what it was made with. */
export function buildParts(
  options: WorldOptions,
  { store, clock, changes }: Ground,
  record: WorldRecord | undefined,
): Parts {
  const { settings, log } = options
  const file = options.files()
  const chance = chanceOf(options, record)
  const random = chance ?? options.random
  const ground = { store, clock, changes, random, log }
  const people = createPeople({
    ...(record?.people === 'none'
      ? { file: nobody }
      : {
          file: file.people,
          population: populationOf(settings.population, settings.population_seed),
        }),
    ...ground,
    realNumberPrefixes: settings.real_number_prefixes,
    ...(record === undefined ? {} : { beganAt: record.beganAt }),
  })
  followBeganAt(changes, people, record?.beganAt)
  const kept = { store, clock, keepLast: settings.journal_entries }
  const [journal, messages] = [new Journal(kept), createMessages(kept)]
  return {
    record,
    random,
    chance,
    people,
    clients: createClients(record?.clients === 'none' ? [] : file.clients, changes),
    signIns: new SignIns({
      ...ground,
      people,
      journal,
      messages,
      settings: signInSettingsOf(settings.sign_in, record),
    }),
    journal,
    messages,
    nextSignIns: new NextSignIns(ground),
    faults: new Faults(ground),
  }
}

/** Whoever resets or restores a world, here or elsewhere, may put its beginning at another moment. */
function followBeganAt(changes: Changes, people: ReplaceablePeople, known: number | undefined) {
  let beganAt = known
  changes.follow('world', (_, now) => {
    const record = now as WorldRecord | null
    if (record === null || record.beganAt === beganAt) return
    beganAt = record.beganAt
    people.beginAt(beganAt)
  })
}

/** Two replicas of one seed would make the same ids: only the one where it was made follows it. */
function chanceOf({ isMaker }: WorldOptions, record: WorldRecord | undefined) {
  if (record?.seed === undefined) return undefined
  return seededRandom(isMaker ? record.seed : `${record.seed}\n${systemRandom.id()}`)
}

const nobody: PeopleFile = { people: [], organizations: [] }

/** What a world says of its sign-ins goes before what the settings say. */
export const signInSettingsOf = (
  settings: SignInSettings,
  record: WorldRecord | undefined,
): SignInSettings => ({
  ...settings,
  ...(record?.journey === undefined ? {} : { journey: record.journey }),
  ...(record?.codes === undefined ? {} : { codes: record.codes }),
})
