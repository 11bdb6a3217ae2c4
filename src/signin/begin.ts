import type { People } from '../accounts/index.ts'
import type { Clock, Random } from '../kernel/index.ts'
import type { Moves } from './moves.ts'
import type { SignInSettings } from './settings.ts'
import type { Demand, KnownPerson, RememberedConsent, SignIn } from './sign-in.ts'

export interface Beginning {
  demand: Demand
  /** The person that the browser's session knows. */
  known?: KnownPerson
  /** A consent given before in this session to this relying party. */
  remembered?: RememberedConsent
}

export interface BeginParts {
  people: People
  clock: Clock
  random: Random
  settings: SignInSettings
  moves: Moves
}

/** A sign-in at its first step, which nobody has heard of yet. */
export async function begin(
  { people, clock, random, settings, moves }: BeginParts,
  id: string,
  { demand, known, remembered }: Beginning,
  isAutomatic: boolean = false,
): Promise<SignIn> {
  const hinted = demand.prefill && !isAutomatic ? await people.find(demand.prefill) : undefined
  const now = clock.now()
  return moves.settle({
    id,
    version: random.id(),
    demand: hinted ? { ...demand, prefill: hinted.number } : demand,
    expiresAt: now + settings.sign_in_seconds * 1000,
    beganAt: now,
    atStepSince: now,
    step: 'identify',
    factors: [...(known?.factors ?? [])],
    ...(isAutomatic ? { isAutomatic } : {}),
    ...(known ? { personId: known.personId } : {}),
    ...(known?.mustConfirm ? { mustConfirm: true } : {}),
    ...(remembered ? { remembered } : {}),
  })
}
