import type { People } from '../accounts/index.ts'
import type { Clients } from '../clients/index.ts'
import type { Faults } from '../faults/index.ts'
import type { Fetch } from '../http/index.ts'
import type { Journal } from '../journal/index.ts'
import type { Clock, Log, Random, Store } from '../kernel/index.ts'
import type { KeyRing } from '../keys/index.ts'
import type { Pages } from '../pages/index.ts'
import type { Journey, SignIns } from '../signin/index.ts'
import type { Stamps } from './records/world-time.ts'
import type { ProviderSettings } from './settings.ts'
import type { NextSignIns } from './without-pages/plan.ts'

export interface ProviderOptions {
  issuer: string
  /** Where servers call us, in issuer mode `split`. */
  internalUrl?: string | undefined
  /** How relying parties are called. */
  fetch?: Fetch | undefined
  /** Origins that may be called for relying parties that no file names, beside this machine. */
  outbound?: readonly string[] | undefined
  /** The world's name: part of its cookies' names, since ports do not separate cookies. */
  world: string
  people: People
  clients: Clients
  clientsFile: string
  signIns: SignIns
  /** Sign-ins that were decided before anybody began one. */
  nextSignIns?: NextSignIns | undefined
  store: Store
  journal: Pick<Journal, 'record'>
  /** What is made to go wrong on purpose. */
  faults?: Pick<Faults, 'strike'> | undefined
  clock: Clock
  /**
   * Whose time stands in what is signed.
   *
   * @default real
   */
  stamps?: (() => Stamps) | undefined
  random: Random
  /**
   * Whether the library's own ids are taken from `random` too, so that a seed repeats them.
   *
   * @default false
   */
  isSeeded?: boolean | undefined
  log: Log
  keys: KeyRing
  pages: Pages
  defaultJourney: Journey
  settings: ProviderSettings
}
