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
}

/** The automatic user was asked to act for someone they have nothing to do with. */
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

/** A sign-in that was walked to its end, and the steps that were answered. */
export interface Walk {
  signIn: SignIn
  steps: Step[]
}

/**
 * Walks the same steps that a browser walks, until the sign-in is over. Somebody who asks for a
 * role that they have only by name is refused it, once they have proved who they are.
 *
 * @throws {@link RoleNotFound} When they name somebody else altogether.
 */
export async function walk(moves: Moves, begun: SignIn, user: AutomaticUser): Promise<Walk> {
  const steps: Step[] = []
  let signIn = begun
  while (!isOver(signIn)) {
    if ((await asksInVain(moves, signIn, user)) && hasPossession(signIn.factors)) break
    steps.push(signIn.step)
    signIn = await moves.move(signIn, await answerOf(moves, signIn, user))
  }
  if (signIn.step !== 'refused' && (await asksInVain(moves, signIn, user)))
    return { signIn: refused(signIn, 'role_not_allowed'), steps }
  return { signIn, steps }
}

async function answerOf(moves: Moves, signIn: SignIn, user: AutomaticUser): Promise<Answer> {
  const { account, id, number } = user.person
  switch (signIn.step) {
    case 'select-account':
      return { step: 'select-account', isSame: signIn.personId === id }
    case 'identify':
      return { step: 'identify', number, password: account.password }
    case 'second-factor':
      return { step: 'second-factor', code: signIn.challenge?.code ?? '' }
    case 'role':
      return { step: 'role', subjectId: user.subjectId ?? (await firstRole(moves, signIn, user)) }
    case 'face':
      return { step: 'face' }
    case 'consent':
      return { step: 'consent', agrees: true }
    case 'passcode':
      return { step: 'passcode', passcode: account.passcode }
    case 'approved':
    case 'refused':
      return { step: 'cancel' }
  }
}

async function firstRole(moves: Moves, signIn: SignIn, { person }: AutomaticUser): Promise<string> {
  const roles = await moves.rolesAt(signIn, person)
  return roles[0]?.subjectId ?? person.id
}

/** Whether the role that they ask for is not offered to them here. */
async function asksInVain(
  moves: Moves,
  signIn: SignIn,
  { person, subjectId }: AutomaticUser,
): Promise<boolean> {
  if (subjectId === undefined || signIn.role?.subjectId === subjectId) return false
  const roles = await moves.rolesAt(signIn, person)
  const known = roles.map((role) => role.subjectId)
  if (known.includes(subjectId)) return false
  if (await moves.isTied(person, subjectId)) return true
  throw new RoleNotFound(person.id, subjectId, known)
}
