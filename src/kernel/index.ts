/**
 * What every room stands on: time, chance, the shape of errors, files that are whole or not there,
 * and the two ports, store and log, through which a room remembers and reports without knowing who
 * keeps and who listens.
 *
 * Not here: anything about people, sign-ins or HTTP, or what is in a file.
 *
 * @module
 */

export { certificateTroubleOf, type CertificateTrouble } from './certificate-troubles.ts'
export { followChanges, type Changes } from './changes.ts'
export { dayInVietNam, monotonicMs, systemClock, type Clock } from './clock.ts'
export { LimitReached, MockVneidError, type ErrorCode } from './errors.ts'
export { hidePassword, hideUser } from './hide-password.ts'
export type { Log, LogEvent } from './log.ts'
export { didYouMean, didYouMeanAmong, nearest } from './nearest.ts'
export { deepestNesting, isTooDeep, tooDeepIn } from './nesting.ts'
export { packageRoot } from './package-root.ts'
export { createPrivateFile, makePrivateFolder, replacePrivateFile } from './private-file.ts'
export {
  problemsAt,
  problemsOf,
  readPartly,
  strictObject,
  type Problem,
  type Reading,
  type Secrets,
} from './problems.ts'
export { seededRandom, systemRandom, type Random, type SeededRandom } from './random.ts'
export { ClaimLost, StoreFull, StoreUnavailable, type StoreTrouble } from './store-errors.ts'
export type {
  Changed,
  Dump,
  Json,
  Keep,
  Kept,
  Listed,
  Noted,
  Reference,
  Store,
  Stores,
} from './store.ts'
export { WorldClock, type ClockState } from './world-clock.ts'
