import type { People, Person } from '../accounts/index.ts'
import { shownOf } from '../clients/index.ts'
import type { Clock } from '../kernel/index.ts'
import type { Language, Page, Pages } from '../pages/index.ts'
import type { JourneyStep, SignIn, SignIns, Step } from '../signin/index.ts'
import { asksOf } from './claims-in-words.ts'
import { consentData } from './consent-data.ts'
import { refusalWords } from './refusal-words.ts'
import { maskPhone, testDataFor } from './test-data.ts'
import type { WaitingRequest } from './waiting-requests.ts'

export interface SignInPageOptions {
  pages: Pages
  people: People
  signIns: SignIns
  clock: Clock
  issuer: string
  /** Whether the drawer of test data is shown. */
  hasTestData: boolean
  codeSeconds: number
}

/** The page of the step that a sign-in is at. */
export async function signInPage(
  options: SignInPageOptions,
  request: WaitingRequest,
  signIn: SignIn,
  language: Language,
  action: string,
): Promise<Page> {
  const { people, hasTestData, clock } = options
  const say = messagesOf(options, signIn, language)
  const { problem, notice } = signIn
  const person = signIn.personId === undefined ? undefined : await people.find(signIn.personId)
  return {
    view: `sign-in/${signIn.step}`,
    language,
    languageSwitch: { vi: `${action}?lang=vi`, en: `${action}?lang=en` },
    formActions: [request.redirectUri],
    data: {
      relyingParty: shownOf(request.client),
      asks: asksOf(signIn.demand.asked),
      steps: stepLine(await options.signIns.journeyOf(signIn, person), signIn.step),
      action,
      form: signIn.version,
      ...(problem ? { problem: { field: problem.field, message: say.problem() } } : {}),
      ...(notice ? { notice: await say.notice() } : {}),
      ...(hasTestData
        ? { testData: await testDataFor(people, signIn, language, clock.now()) }
        : {}),
      ...(await dataOf(signIn.step, options, request, signIn, person, language)),
      ...(signIn.refusal
        ? { reason: signIn.refusal, ...refusalTexts(options, language, signIn, person) }
        : {}),
    },
  }
}

/** What one step shows beside what all of them show. */
async function dataOf(
  step: Step,
  options: SignInPageOptions,
  request: WaitingRequest,
  signIn: SignIn,
  person: Person | undefined,
  language: Language,
): Promise<object> {
  const { people, signIns, codeSeconds } = options
  switch (step) {
    case 'identify':
      return { number: signIn.demand.prefill ?? '' }
    case 'select-account':
      return { person: { name: person?.name ?? '' } }
    case 'second-factor':
      return person ? codeData(people, person, signIn, codeSeconds) : {}
    case 'role': {
      const roles = person ? await signIns.rolesAt(signIn, person) : []
      return { roles: roles.map(({ subjectId, ...role }) => ({ id: subjectId, ...role })) }
    }
    case 'consent':
      return consentData(options, request.client, signIn, language)
    case 'face':
    case 'passcode':
    case 'approved':
    case 'refused':
      return {}
  }
}

async function codeData(
  people: People,
  person: Person,
  { challenge }: SignIn,
  codeSeconds: number,
): Promise<object> {
  const holder = await people.phoneHolder(person)
  return {
    channel: challenge?.channel ?? 'app',
    ...(holder.phone === undefined ? {} : { phone: maskPhone(holder.phone) }),
    ...(holder.id === person.id ? {} : { [whose(person, holder)]: holder.name }),
    minutes: Math.ceil(codeSeconds / 60),
    canSms: holder.phone !== undefined,
    canApp: holder.account.device !== undefined,
  }
}

/** A parent's or guardian's phone, or one that is in somebody else's name. */
const whose = (person: Person, holder: Person) =>
  person.guardianIds.includes(holder.id) ? 'phoneOf' : 'phoneOwner'

function messagesOf({ pages, people }: SignInPageOptions, signIn: SignIn, language: Language) {
  return {
    problem: () => {
      const { code, triesLeft } = signIn.problem!
      return pages.text(language, `problem.${code}`, { triesLeft: triesLeft ?? 0 })
    },
    notice: async () => {
      const holderId = signIn.challenge?.phoneHolderId
      const holder = holderId === undefined ? undefined : await people.find(holderId)
      const phone = holder?.phone === undefined ? '' : maskPhone(holder.phone)
      return pages.text(language, `notice.${signIn.notice!}`, { phone })
    },
  }
}

function refusalTexts(
  { pages, clock }: SignInPageOptions,
  language: Language,
  signIn: SignIn,
  person: Person | undefined,
) {
  const now = clock.now()
  const minutes = Math.ceil(((signIn.lockedUntil ?? now) - now) / 60_000)
  const values = { minutes, role: signIn.role?.name ?? '' }
  const key = `refused.${refusalWords(signIn, person, now)}`
  return {
    message: pages.text(language, `${key}.message`, values),
    advice: pages.text(language, `${key}.advice`, values),
  }
}

/** What each step is called on the step line. */
const lineNames: Readonly<Record<JourneyStep, string>> = {
  identify: 'sign-in',
  'second-factor': 'code',
  role: 'role',
  face: 'face',
  consent: 'share',
  passcode: 'passcode',
}

/** The steps of this journey, and where in it the person is: nowhere, once it is over. */
function stepLine(
  journey: readonly JourneyStep[],
  step: Step,
): { name: string; state: 'done' | 'current' | 'ahead' }[] {
  const present = step === 'select-account' ? 'identify' : step
  const at = journey.findIndex((one) => one === present)
  return journey.map((one, index) => ({
    name: lineNames[one],
    state: index === at ? 'current' : index < at ? 'done' : 'ahead',
  }))
}
