/**
 * The control room: everything that a test may ask of a world, as one table of operations, and the
 * doors to it, all made of that table.
 *
 * ```
 * MockWorld (in process) ─▶ in-process caller ──────────────────┐
 *                                                               ├─▶ deeds of a world
 * MockWorld (elsewhere) ──▶ HTTP caller ─▶ /_mock: who may call ┘
 * curl, Java, .NET, Go ───────────────────▶ /_mock
 * ```
 *
 * Not here: how each thing is done in a world (its deeds), and which worlds there are.
 *
 * @module
 */

export type * from './api.ts'
export type { Caller } from './callers/caller.ts'
export { AddressInvalid, MockUnreachable, NotAMock } from './callers/errors.ts'
export { createInProcessCaller } from './callers/in-process.ts'
export { connectMockVneid, type ConnectOptions } from './connect.ts'
export { createMocksDoor, type MocksDoorOptions } from './doors/mocks-door.ts'
export type {
  ControlledWorld,
  MintRequest,
  PlannedSignIn,
  TokenWorks,
  WhoseIds,
} from './controlled-world.ts'
export { AskedWrongly, MockClosed, WorldNotFound } from './deeds/errors.ts'
export { worldView } from './deeds/views.ts'
export { worldDeeds } from './deeds/world-deeds.ts'
export type { ControlOptions } from './http/create-control.ts'
export { NextSignIns } from './next-sign-ins.ts'
export { openControl } from './open-control.ts'
export { sendMisdirected, sendRefusal } from './http/replies.ts'
export { readDuration, readMoment } from './moments.ts'
export { worldOperationNames } from './operations/names.ts'
export type {
  DeedContext,
  Deeds,
  OperationInputs,
  OperationName,
  OperationOutputs,
  RootDeeds,
  RootName,
  StreamName,
  WireAnswer,
  WorldDeeds,
} from './operations/types.ts'
export { ControlRefused, refusalOf, type Refused } from './refused.ts'
