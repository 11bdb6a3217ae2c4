import type { Log } from '../kernel/index.ts'
import { isOver, type SignIn } from './sign-in.ts'

/** Tells the log how long somebody was at a step that they have left. */
export function reportStep(log: Log, { id, step, atStepSince }: SignIn, until: number): void {
  log({ event: 'step-ended', signInId: id, step, durationMs: between(atStepSince, until) })
}

/** Tells the log what a sign-in came to, if it is over. */
export function reportEnd(log: Log, signIn: SignIn, now: number): void {
  if (!isOver(signIn)) return
  const { id, step, demand, personId, refusal, isAutomatic, beganAt } = signIn
  log({
    event: 'sign-in-ended',
    signInId: id,
    clientId: demand.clientId,
    ...(personId === undefined ? {} : { personId }),
    outcome: refusal ?? step,
    isAutomatic: isAutomatic === true,
    durationMs: between(beganAt, now),
  })
}

/** A clock may have been set back meanwhile, and nothing lasts less than no time. */
const between = (began: number, ended: number) => Math.max(0, ended - began)
