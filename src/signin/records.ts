import type { People } from '../accounts/index.ts'
import { askedOf, whyOf, type Feed, type Journal } from '../journal/index.ts'
import type { AutomaticUser } from './automatic.ts'
import type { Message } from './messages.ts'
import type { Answer, SignIn, Step } from './sign-in.ts'

export interface RecordsOptions {
  people: People
  journal: Journal
  messages: Feed<Message>
}

/** What of a sign-in is written down for whoever asks afterwards, and for whoever waits. */
export class Records {
  readonly #people: People
  readonly #journal: Journal
  readonly #messages: Feed<Message>

  constructor({ people, journal, messages }: RecordsOptions) {
    this.#people = people
    this.#journal = journal
    this.#messages = messages
  }

  async began(signIn: SignIn): Promise<void> {
    const { journey, minimumLevel, acr, prefill } = signIn.demand
    await this.#record(signIn, {
      step: 'begin',
      journey,
      ...(minimumLevel === undefined ? {} : { minimum_level: minimumLevel }),
      ...(acr.values.length === 0 ? {} : { acr_values: acr.values.join(' ') }),
      ...(prefill === undefined ? {} : askedOf({ login_hint: prefill })),
    })
    await this.#sent(undefined, signIn)
  }

  async answered(before: SignIn, answer: Answer, after: SignIn): Promise<void> {
    await this.#record(after, askedAt(before.step, answer))
    await this.#sent(before, after)
  }

  /** Answered with a form that was used, or is older than the present step. */
  unheard(signIn: SignIn, answer: Answer | AutomaticUser): Promise<void> {
    const asked = 'step' in answer ? askedAt(signIn.step, answer) : { as: answer.person.id }
    return this.#record(signIn, asked, 'form_used')
  }

  /** It ended because its time was over, or because of what became of the person. */
  ended(signIn: SignIn): Promise<void> {
    return this.#record(signIn, {})
  }

  /**
   * One entry for a whole walk, which happens a thousand times a second. Its codes are no messages:
   * an automatic user reads its own.
   */
  walked(signIn: SignIn, { person, subjectId }: AutomaticUser, steps: Step[]): Promise<void> {
    const { demand, factors } = signIn
    return this.#record(signIn, {
      as: person.id,
      ...(subjectId === undefined ? {} : { role: subjectId }),
      journey: demand.journey,
      steps,
      factors,
    })
  }

  #record(signIn: SignIn, asked: Record<string, unknown>, what?: 'form_used'): Promise<void> {
    const { id, demand, step, personId, problem, refusal } = signIn
    const decided = what ?? problem?.code ?? refusal ?? step
    return this.#journal.record({
      endpoint: 'sign-in',
      clientId: demand.clientId,
      ...(personId === undefined ? {} : { personId }),
      signInId: id,
      asked,
      decided,
      isOk: decided === step,
      why: whyOf(decided),
    })
  }

  /** Told once the sign-in is kept, so that of a code that came to nothing nobody hears. */
  async #sent(before: SignIn | undefined, after: SignIn): Promise<void> {
    const { id, demand, personId, challenge } = after
    if (challenge === undefined || challenge === before?.challenge || personId === undefined) return
    const { phoneHolderId: phoneOf, channel, code } = challenge
    const phone = (await this.#people.find(phoneOf))?.phone
    await this.#messages.add({
      signInId: id,
      clientId: demand.clientId,
      personId,
      phoneOf,
      ...(phone === undefined ? {} : { phone }),
      channel,
      code,
    })
  }
}

/** What was answered, without what only the person knows. */
function askedAt(step: Step, answer: Answer): Record<string, unknown> {
  if (answer.step === 'cancel') return { step, cancels: true }
  const { withholds, ...said } = { withholds: undefined, ...answer }
  const asked = askedOf(withholds ? { ...said, withholds: withholds.join(' ') } : said)
  return answer.step === 'identify' ? { ...asked, number: shownNumber(answer.number) } : asked
}

/** The beginning of a number; nothing of what may be a password in the wrong field. */
function shownNumber(typed: string): string {
  const number = typed.replaceAll(/\s/g, '')
  if (number === '') return ''
  return /^\d{5,}$/.test(number) ? `${number.slice(0, 4)}…` : `… (${number.length} characters)`
}
