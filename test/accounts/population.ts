import { checkPeople, createPeople, type People } from '../../src/accounts/index.ts'
import type { Clock, Problem } from '../../src/kernel/index.ts'

/** An entry as YAML would give it. */
export type Raw = Record<string, unknown>

export const noon: number = Date.parse('2026-06-15T12:00:00+07:00')

export class MovableClock implements Clock {
  #ms: number

  constructor(ms: number = noon) {
    this.#ms = ms
  }

  now(): number {
    return this.#ms
  }

  set(moment: string): void {
    this.#ms = Date.parse(moment)
  }
}

/** A lawful adult citizen of level 2, but for what is said otherwise. */
export function aPerson(id: string, otherwise: Raw = {}): Raw {
  return {
    id,
    name: 'Nguyễn Thị Minh Anh',
    sex: 'female',
    ...('birth_date' in otherwise ? {} : { age: 34 }),
    place_of_origin: 'Hà Nội',
    address: { province: 'Hà Nội' },
    card: { issued_years_ago: 0, expires_in_years: 10 },
    ...otherwise,
    account: anAccount(otherwise['account'] as Raw | undefined),
  }
}

const anAccount = (otherwise: Raw = {}) => ({
  level: 2,
  password: 'Matkhau@1',
  passcode: '123456',
  ...otherwise,
})

export const aForeigner = (id: string, otherwise: Raw = {}): Raw =>
  aPerson(id, {
    kind: 'foreigner',
    nationality: 'DEU',
    passport: 'XX0000001',
    place_of_origin: 'München, Đức',
    ...otherwise,
  })

/** The only one of its file, or one of several with codes of their own. */
export const anOrganization = (id: string, otherwise: Raw = {}): Raw => ({
  id,
  code: 'TC-000001',
  tax_code: '0000000019',
  name: 'Công ty TNHH Ví Dụ',
  founded_on: '2015-04-20',
  head_office: { commune: 'Phường Hoa Mẫu', province: 'Đồng Nai' },
  ...otherwise,
})

/** What is wrong with these people. */
export function problemsIn(
  people: readonly unknown[],
  organizations: readonly Raw[] = [],
  options: { realNumberPrefixes?: boolean } = {},
): readonly Problem[] {
  return checkPeople({ people, organizations }, { now: noon, ...options }).problems
}

/** A directory of these people, who must be lawful. */
export function directoryOf(
  people: readonly Raw[],
  {
    organizations = [],
    clock = new MovableClock(),
  }: { organizations?: readonly Raw[]; clock?: Clock } = {},
): People {
  const { people: file, problems } = checkPeople({ people, organizations }, { now: clock.now() })
  if (problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 2))
  return createPeople({ file, clock })
}
