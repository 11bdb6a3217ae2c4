/**
 * The programmatic door: a mock of VNeID inside your own process, for tests.
 *
 * ```ts
 * import { startMockVneid } from 'mock-vneid'
 *
 * const mock = await startMockVneid()
 * const world = await mock.world() // isolated: a test of its own
 * const portal = await world.clients.register({ redirect_uris: ['http://localhost/cb'] })
 * const person = await world.people.create({ age: 34, level: 2 })
 * const { idToken, claims } = await world.signIn({ client: portal, as: person })
 * await mock.close()
 * ```
 *
 * The same operations for a mock that runs elsewhere come from {@link connectMockVneid}.
 *
 * Not here: what it is made of (mock, world), and printing (cli).
 *
 * @module
 */

import type { RunningMock } from './mock.ts'
import { startStandalone } from './standalone.ts'
import { checkOptions, type StartOptions } from './start-options.ts'

export { ConfigInvalid, FileUnreadable, IssuerForbidden } from './config/index.ts'
export { CertificateUnusable } from './entrance/index.ts'
export { HostNotHere, PortInUse } from './http/index.ts'
export {
  MockVneidError,
  StoreUnavailable,
  type Clock,
  type ErrorCode,
  type Log,
  type LogEvent,
  type Random,
} from './kernel/index.ts'
export {
  KeyInvalid,
  KeyNeeded,
  KeyNotFound,
  KeysUnreadable,
  KeysUnwritable,
  KeyTaken,
} from './keys/index.ts'
export { AssetsMissing, ViewBroken } from './pages/index.ts'
export { StoreAddressInvalid } from './storage/index.ts'
export type { RunningMock } from './mock.ts'
export type { StartOptions } from './start-options.ts'
export type {
  PeopleCriteria,
  NewPerson,
  PeopleSearch,
  Person,
  PersonWishes,
} from './accounts/index.ts'
export type { RelyingParty } from './clients/index.ts'
export type {
  AnswerInput,
  ClientRef,
  ClockView,
  ConnectOptions,
  Cookie,
  Expirable,
  FaultToArm,
  FaultView,
  JournalFilter,
  KeyView,
  LogoutDelivery,
  Message,
  MintedTokens,
  MintOptions,
  MockWorld,
  MockWorlds,
  NewWorld,
  NextSignIn,
  Patience,
  PersonRef,
  SessionView,
  SignInOptions,
  SignInRef,
  SignInResult,
  SignInView,
  Stamps,
  Whose,
  WorldEvent,
  WorldView,
} from './control/index.ts'
export {
  AddressInvalid,
  connectMockVneid,
  ControlRefused,
  MockUnreachable,
  NotAMock,
} from './control/index.ts'
export type { JournalEntry } from './journal/index.ts'

/**
 * Starts a mock on this machine's loopback addresses.
 *
 * @throws {@link ConfigInvalid} When a file, variable or option is wrong, with every problem.
 * @throws {@link FileUnreadable} When a file that was asked for cannot be read.
 * @throws {@link IssuerForbidden} When the issuer is at a real service's domain.
 * @throws {@link PortInUse} When somebody else listens there, {@link HostNotHere} when nobody can.
 * @throws {@link StoreUnavailable} When Redis does not answer.
 * @throws {@link KeysUnreadable} Or {@link KeysUnwritable} When keys cannot be kept.
 * @throws {@link CertificateUnusable} When TLS is asked for and its files are no good.
 */
export async function startMockVneid(options: StartOptions = {}): Promise<RunningMock> {
  checkOptions(options)
  return startStandalone({ port: 0, portal: false, portalPort: 0, ...options })
}
