import type { Person, Role } from '../accounts/index.ts'
import { needsConsent, needsPasscode } from './facts.ts'
import { hasPossession, type Factor } from './factors.ts'
import { gap, type LevelNames } from './levels.ts'
import { roleKept } from './roles.ts'
import type { SignIn, Step } from './sign-in.ts'

/** A step that a person can be at before a sign-in is over. */
export type JourneyStep = Exclude<Step, 'select-account' | 'approved' | 'refused'>

/** Who is known to be signing in, if anybody, and the roles that they may choose from. */
export interface JourneyOf {
  person: Person | undefined
  roles: readonly Role[]
  levelNames: LevelNames
}

/**
 * The steps of this sign-in from the first to the last, done ones included, by what its facts tell
 * now. They are the same at each step, except that nobody's roles are known before the person is.
 */
export function journeyOf(signIn: SignIn, { person, roles, levelNames }: JourneyOf): JourneyStep[] {
  const kept = roleKept(signIn, roles)
  const role = foreseenRole(signIn, roles)
  const foreseen: SignIn = role === undefined ? signIn : { ...signIn, role }
  const shares = Boolean(signIn.hasConsented) || needsConsent(foreseen)
  const identifies = Boolean(signIn.hasIdentified) || person === undefined
  const seals = needsPasscode({ ...signIn, hasIdentified: identifies, hasConsented: shares })
  const takes: Record<JourneyStep, boolean> = {
    identify: true,
    'second-factor': identifies || !hasPossession(signIn.factors),
    role: kept === undefined && roles.length > 1,
    face: takesFace(signIn, person, levelNames),
    consent: shares,
    passcode: seals || Boolean(signIn.hasGivenPasscode),
  }
  return (Object.keys(takes) as JourneyStep[]).filter((step) => takes[step])
}

/** The role that this sign-in will be in, where nobody needs to ask. */
export function foreseenRole(signIn: SignIn, roles: readonly Role[]): Role | undefined {
  return signIn.role ?? roleKept(signIn, roles) ?? (roles.length === 1 ? roles[0] : undefined)
}

function takesFace(
  { demand, factors, step }: SignIn,
  person: Person | undefined,
  levelNames: LevelNames,
): boolean {
  // What the session has proved before is not asked for again.
  if (step === 'select-account' && factors.includes('face')) return false
  const others = factors.filter((factor) => factor !== 'face')
  const before: Factor[] = hasPossession(others) ? others : ['password', 'app-code']
  const reached = { accountLevel: person?.account.level ?? 2, factors: before }
  return gap(demand.acr, reached, levelNames) === 'face'
}
