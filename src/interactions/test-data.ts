import type { People, Person } from '../accounts/index.ts'
import type { Language } from '../pages/index.ts'
import type { SignIn } from '../signin/index.ts'

/** The drawer beside the journey: whom one can be, and the codes just sent. */
export interface TestData {
  personas?: ShownPersona[]
  person?: Pick<ShownPersona, 'id' | 'name' | 'number' | 'password' | 'passcode'>
  isLockedOut?: boolean
  codes?: { code: string; channel: string; phoneOf: string; phone?: string; expiresAt: string }[]
}

/** A persona as pages show one: everything a tester would type. */
export interface ShownPersona {
  id: string
  name: string
  age: number
  kind: string
  level: number
  state: string
  number: string
  password: string
  passcode: string
  tests: string
}

export async function testDataFor(
  people: People,
  signIn: SignIn,
  language: Language,
  now: number,
): Promise<TestData> {
  const person = signIn.personId === undefined ? undefined : await people.find(signIn.personId)
  const isChoosing = signIn.step === 'identify' || signIn.step === 'select-account'
  return {
    ...(isChoosing ? { personas: await shownPersonas(people, language) } : {}),
    ...(person && !isChoosing ? { person: shown(person) } : {}),
    ...(now < (signIn.lockedUntil ?? 0) ? { isLockedOut: true } : {}),
    ...(signIn.step === 'second-factor' ? { codes: await codesOf(people, signIn) } : {}),
  }
}

/** All personas, as the pages list them. */
export async function shownPersonas(people: People, language: Language): Promise<ShownPersona[]> {
  const personas = await people.personas()
  return Promise.all(
    personas.map(async (person) => ({
      ...shown(person),
      age: person.age,
      kind: person.kind,
      level: person.account.level,
      state: (await people.whyUnusable(person)) ?? person.account.state,
      tests: person.tests?.[language] ?? '',
    })),
  )
}

const shown = ({ id, name, number, account: { password, passcode } }: Person) => ({
  id,
  name,
  number,
  password,
  passcode,
})

async function codesOf(
  people: People,
  { challenge }: SignIn,
): Promise<NonNullable<TestData['codes']>> {
  const holder = challenge && (await people.find(challenge.phoneHolderId))
  if (challenge === undefined || holder === undefined) return []
  const { code, channel, expiresAt } = challenge
  const phone = holder.phone === undefined ? {} : { phone: maskPhone(holder.phone) }
  return [{ code, channel, phoneOf: holder.name, ...phone, expiresAt: timeInVietNam(expiresAt) }]
}

/** `+84901234289` as the sign-in shows it: `090****289`. */
export function maskPhone(phone: string): string {
  const national = phone.replace(/^\+84/, '0')
  return `${national.slice(0, 3)}****${national.slice(-3)}`
}

const timeInVietNam = (ms: number) =>
  new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', timeStyle: 'medium' }).format(ms)
