import type { Person } from '../accounts/index.ts'
import { didYouMean, MockVneidError } from '../kernel/index.ts'
import { refused } from './facts.ts'
import { hasPossession } from './factors.ts'
import type { Moves } from './moves.ts'
import { isOver, type Answer, type SignIn, type Step } from './sign-in.ts'

/** Somebody who knows every answer: a person with their password, phone and passcode at hand. */
export interface AutomaticUser {
  person: Person
  /** On whose behalf: the id of a child, ward or organisation. Themselves where they may, without. */
  subjectId?: string
  /** Names of claims that they keep back. They share all that is asked, without. */
  withholds?: readonly string[]
}

/** The automatic user was asked for a role that is not offered to them here. */
export class RoleNotFound extends MockVneidError {
  override readonly code = 'ERR_ROLE_NOT_FOUND'
  readonly personId: string
  readonly subjectId: string

  constructor(personId: string, subjectId: string, known: readonly string[]) {
    const list = known.map((id) => `"${id}"`).join(', ')
    super(
      `"${personId}" cannot act for "${subjectId}" here. ${didYouMean(subjectId, known)}` +
        `Roles offered: ${list || 'none'}.`,
    )
    this.personId = personId
    this.subjectId = subjectId
  }
}

/** An automatic user knows no other answer than the one that was not accepted. */
export class NoProgress extends MockVneidError {
  override readonly code = 'ERR_NO_PROGRESS'
  readonly personId: string

  constructor(personId: string, step: string, problem: string) {
    super(
      `"${personId}" cannot sign in: at the step "${step}" all that is known of them is not accepted (${problem}). Correct the person's number, password or passcode.`,
    )
    this.personId = personId
  }
}

/** The automatic user was to keep something back that the relying party must be told. */
export class ClaimNotOptional extends MockVneidError {
  override readonly code = 'ERR_CLAIM_NOT_OPTIONAL'
  readonly claims: readonly string[]

  constructor(claims: readonly string[], optional: readonly string[]) {
    const list = optional.map((name) => `"${name}"`).join(', ')
    super(
      `${claims.map((name) => `"${name}"`).join(', ')} cannot be kept back here. ` +
        didYouMean(claims[0] ?? '', optional) +
        `What can: ${list || 'nothing. Name claims in optional_claims of the relying party'}.`,
    )
    this.claims = claims
  }
}

/** A sign-in that was walked to its end, and the steps that were answered. */
export interface Walk {
  signIn: SignIn
  steps: Step[]
}

/**
 * Walks the same steps that a browser walks, until the sign-in is over. Somebody who asks for a
 * role that they have in name only is refused it, once they have proved who they are.
 *
 * @throws {@link RoleNotFound} When they ask for one that is not offered at this relying party, and
 *   {@link ClaimNotOptional} when they would keep back what it must be told.
 */
export async function walk(moves: Moves, begun: SignIn, user: AutomaticUser): Promise<Walk> {
  const steps: Step[] = []
  let signIn = begun
  while (!isOver(signIn)) {
    if ((await asksInVain(moves, signIn, user)) && hasPossession(signIn.factors)) break
    steps.push(signIn.step)
    const before = signIn
    signIn = await moves.move(before, await answerOf(moves, before, user))
    if (isStuck(before, signIn) || steps.length > mostSteps)
      throw new NoProgress(user.person.id, before.step, signIn.problem?.code ?? 'no end')
  }
  if (signIn.step !== 'refused' && (await asksInVain(moves, signIn, user)))
    return { signIn: refused(signIn, 'role_not_allowed'), steps }
  return { signIn, steps }
}

/** More than any journey has, with codes that are sent again. */
const mostSteps = 50

/**
 * Whether the same answer to the same question was not accepted a second time, and counted for
 * nothing.
 */
const isStuck = ({ step, problem }: SignIn, after: SignIn): boolean =>
  problem !== undefined &&
  after.step === step &&
  after.problem?.code === problem.code &&
  after.problem.triesLeft === problem.triesLeft

async function answerOf(moves: Moves, signIn: SignIn, user: AutomaticUser): Promise<Answer> {
  const { account, id, number } = user.person
  switch (signIn.step) {
    case 'select-account':
      return { step: 'select-account', isSame: signIn.personId === id }
    case 'identify':
      return { step: 'identify', number, password: account.password }
    case 'second-factor':
      // The world's clock may have moved meanwhile.
      return signIn.problem?.code === 'code_expired'
        ? { step: 'second-factor', resend: signIn.challenge?.channel ?? 'app' }
        : { step: 'second-factor', code: signIn.challenge?.code ?? '' }
    case 'role':
      return { step: 'role', subjectId: user.subjectId ?? (await firstRole(moves, signIn, user)) }
    case 'face':
      return { step: 'face' }
    case 'consent':
      return consentOf(signIn, user)
    case 'passcode':
      return { step: 'passcode', passcode: account.passcode }
    case 'approved':
    case 'refused':
      return { step: 'cancel' }
  }
}

function consentOf({ demand }: SignIn, { withholds = [] }: AutomaticUser): Answer {
  const optional = demand.asked?.optional ?? []
  const needed = withholds.filter((name) => !optional.includes(name))
  if (needed.length > 0) throw new ClaimNotOptional(needed, optional)
  return { step: 'consent', agrees: true, withholds }
}

async function firstRole(moves: Moves, signIn: SignIn, { person }: AutomaticUser): Promise<string> {
  const roles = await moves.rolesAt(signIn, person)
  return roles[0]?.subjectId ?? person.id
}

/** Whether the role that they ask for is one that they have in name only. */
async function asksInVain(
  moves: Moves,
  signIn: SignIn,
  { person, subjectId }: AutomaticUser,
): Promise<boolean> {
  if (subjectId === undefined || signIn.role?.subjectId === subjectId) return false
  const roles = await moves.rolesAt(signIn, person)
  const known = roles.map((role) => role.subjectId)
  if (known.includes(subjectId)) return false
  if (await moves.isInNameOnly(person, subjectId)) return true
  throw new RoleNotFound(person.id, subjectId, known)
}
