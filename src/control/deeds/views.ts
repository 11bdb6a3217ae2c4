import type { SignIn } from '../../signin/index.ts'
import type { ClockView, SignInView, WorldView } from '../api.ts'
import { stampsOf, type ControlledWorld } from '../controlled-world.ts'

/** A moment as it is told: ISO 8601, UTC. */
export const isoOf = (ms: number): string => new Date(ms).toISOString()

export function clockView(world: ControlledWorld): ClockView {
  const { now, aheadMs } = world.clock.besides(world.realClock)
  return {
    now: isoOf(now),
    isFrozen: world.clock.isFrozen,
    aheadMs,
    stamps: stampsOf(world),
  }
}

export function worldView(world: ControlledWorld): WorldView {
  const { name, issuer, seed } = world
  return { name, issuer, clock: clockView(world), ...(seed === undefined ? {} : { seed }) }
}

export function signInView(signIn: SignIn): SignInView {
  const { id, demand, step, personId, role, problem, refusal } = signIn
  const { beganAt, expiresAt, challenge } = signIn
  return {
    id,
    clientId: demand.clientId,
    step,
    ...(personId === undefined ? {} : { personId }),
    ...(role === undefined ? {} : { subjectId: role.subjectId }),
    ...(problem === undefined ? {} : { problem }),
    ...(refusal === undefined ? {} : { refusal }),
    beganAt: isoOf(beganAt),
    expiresAt: isoOf(expiresAt),
    ...(challenge === undefined ? {} : { code: challenge.code }),
  }
}
