import { MockVneidError } from '../kernel/index.ts'

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
    super(`person "${person}" does not exist.${hint} config/people.yaml lists the personas.`)
    this.person = person
    this.nearest = nearest
  }
}
