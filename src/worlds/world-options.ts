import type { PeopleFile, PopulationSettings } from '../accounts/index.ts'
import type { RelyingParty } from '../clients/index.ts'
import type { RootDeeds } from '../control/index.ts'
import type { Fetch } from '../http/index.ts'
import type { InteractionsSettings } from '../interactions/index.ts'
import type { Clock, Log, Random, Store, Stores } from '../kernel/index.ts'
import type { KeyRing } from '../keys/index.ts'
import type { Pages } from '../pages/index.ts'
import type { ProviderSettings } from '../provider/index.ts'
import type { SignInSettings } from '../signin/index.ts'

/** What every world of a mock is made with. */
export interface WorldsShared {
  /** What the files say now. */
  files: () => { people: PeopleFile; clients: readonly RelyingParty[] }
  clientsFile: string
  settings: {
    sign_in: SignInSettings
    provider: ProviderSettings
    pages: InteractionsSettings
    journal_entries: number
    real_number_prefixes: boolean
    population: PopulationSettings
    population_seed: string
    outbound: readonly string[]
  }
  /** How relying parties are called. */
  fetch?: Fetch | undefined
  /** What a world inherits until it has its own: the process's keys as they are now. */
  keys: () => KeyRing
  pages: Pages
  stores: Stores
  /** Watches a store: the same store. */
  watched: (store: Store) => Store
  /** By what every world's clock goes. */
  clock: Clock
  realClock: Clock
  log: Log
  /** Who may drive worlds. */
  guard: { isOpen: boolean; token?: string | undefined }
  /** Aborted when the mock closes. */
  closing: AbortSignal
}

export interface WorldOptions extends WorldsShared {
  /** Names the world's cookies, and its place in the store. */
  name: string
  /** Below what path of the mock it is: nothing for the default world, `/w/<name>` for others. */
  path: string
  issuer: string
  /** Where servers call it, in issuer mode `split`. */
  internalUrl?: string | undefined
  portalUrl?: string | undefined
  /** By what chance its ids and codes are made, where no seed says it. */
  random: Random
  /** Whether it is made here: whoever finds one that others made does not repeat its seed. */
  isMaker: boolean
  /** Tells worlds apart that have one name, one after the other. */
  id: string
  /** Of the default world, which is there without being made. */
  rootDeeds?: RootDeeds
  /** Ends the world for all who serve it. */
  end: () => Promise<void>
}
