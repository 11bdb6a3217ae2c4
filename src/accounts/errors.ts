import { MockVneidError, type Problem } from '../kernel/index.ts'

/** A text was read as a personal identification number and is none. */
export class PersonalNumberInvalid extends MockVneidError {
  override readonly code = 'ERR_PERSONAL_NUMBER_INVALID'
  readonly number: string

  constructor(number: string, must: string) {
    super(
      `personal number ${must}, got "${number}". It is three digits of the province, one of century and sex, two of the birth year, six more.`,
    )
    this.number = number
  }
}

/** Someone was asked for by an id or number that nobody has. */
export class PersonNotFound extends MockVneidError {
  override readonly code = 'ERR_PERSON_NOT_FOUND'
  readonly person: string
  readonly nearest: string | undefined

  constructor(person: string, nearest?: string) {
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    super(
      `person "${person}" does not exist.${hint} "mock-vneid people" and GET /_mock/people say who is there.`,
    )
    this.person = person
    this.nearest = nearest
  }
}

/** Somebody has the id that a new person was to have. */
export class PersonTaken extends MockVneidError {
  override readonly code = 'ERR_PERSON_TAKEN'
  readonly person: string

  constructor(person: string, holder: string) {
    super(
      `id must be its own, got "${person}" of "${holder}". Give another, leave it out to have one made up, or change the person who is there.`,
    )
    this.person = person
  }
}

/** Nobody is as somebody was wanted to be. */
export class NobodyMeets extends MockVneidError {
  override readonly code = 'ERR_PERSON_NOT_FOUND'

  constructor(criteria: object) {
    super(
      `nobody meets ${JSON.stringify(criteria)}. Ask for less, or have more people: the setting "population" says how many.`,
    )
  }
}

/** What was wished of a person cannot be, or not by the law. */
export class WishesRefused extends MockVneidError {
  override readonly code = 'ERR_PERSON_INVALID'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${pathText(path)}  ${message}`)
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    super(`the person cannot be so (${count}):\n${lines.join('\n')}\nNothing was changed.`)
    this.problems = problems
  }
}

/** `memberships[0].role`, as one would write it in a program. */
function pathText(path: Problem['path']): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  return text.replace(/^\./, '') || '(all of it)'
}
