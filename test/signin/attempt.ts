import type { People, Person } from '../../src/accounts/index.ts'
import { Journal, type Feed } from '../../src/journal/index.ts'
import { systemRandom, type LogEvent, type Store } from '../../src/kernel/index.ts'
import {
  createMessages,
  signInSettings,
  SignIns,
  type Answer,
  type Beginning,
  type Demand,
  type Message,
  type SignIn,
  type SignInSettings,
} from '../../src/signin/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { aPerson, anOrganization, directoryOf, noon, type Raw } from '../accounts/population.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

/** A world's sign-ins, with a clock that stands still and nobody's pages. */
export interface Desk {
  signIns: SignIns
  people: People
  clock: FrozenClock
  store: Store
  journal: Journal
  messages: Feed<Message>
  events: LogEvent[]
  find(id: string): Promise<Person>
  /** Begins a sign-in of the relying party "portal". */
  begin(demand?: Partial<Demand>, beginning?: Partial<Beginning>): Promise<Attempt>
}

export const password = 'Matkhau@1'
export const passcode = '123456'

/** Who is there, unless a test says otherwise. */
const townsfolk: readonly Raw[] = [
  aPerson('anna', { phone: '+84990000001', account: { device: 'Điện thoại' } }),
  aPerson('bo', { age: 40, account: { level: 1 } }),
  aPerson('mother', { age: 41, phone: '+84990000003', account: { device: 'Điện thoại' } }),
  aPerson('child', { age: 9, account: { level: 1 }, guardians: ['mother'] }),
  aPerson('boss', {
    phone: '+84990000005',
    memberships: [{ organization: 'company', role: 'representative' }],
  }),
]

export function openDesk(settings: Partial<SignInSettings> = {}, random = systemRandom): Desk {
  const clock = new FrozenClock(noon)
  const people = directoryOf(townsfolk, { organizations: [anOrganization('company')], clock })
  const store = createMemoryStore({ clock })
  const journal = new Journal({ store, clock })
  const messages = createMessages({ store, clock })
  const events: LogEvent[] = []
  const signIns = new SignIns({
    people,
    store,
    clock,
    random,
    log: (event) => events.push(event),
    settings: { ...signInSettings.parse({}), ...settings },
    journal,
    messages,
  })
  const find = async (id: string): Promise<Person> => {
    const person = await people.find(id)
    if (person === undefined) throw new Error(`nobody is called "${id}"`)
    return person
  }
  const begin: Desk['begin'] = async (demand = {}, beginning = {}) => {
    const id = random.id()
    await signIns.beginOrResume(id, () => ({ ...beginning, demand: { ...ordinary, ...demand } }))
    return new Attempt(signIns, id)
  }
  return { signIns, people, clock, store, journal, messages, events, find, begin }
}

/** What a relying party demands that demands nothing special. */
export const ordinary: Demand = {
  clientId: 'portal',
  journey: 'full',
  allow: ['self', 'child', 'ward', 'organization'],
  acr: { values: [], isEssential: false },
}

/** One sign-in, answered as its present page would. */
export class Attempt {
  readonly id: string
  readonly #signIns: SignIns

  constructor(signIns: SignIns, id: string) {
    this.#signIns = signIns
    this.id = id
  }

  async now(): Promise<SignIn> {
    const signIn = await this.#signIns.find(this.id)
    if (signIn === undefined) throw new Error('the sign-in is gone')
    return signIn
  }

  /** Answers with the present form, or with an older one. */
  async answer(answer: Answer, form?: string): Promise<SignIn> {
    const { version } = await this.now()
    const after = await this.#signIns.answer(this.id, form ?? version, answer)
    if (after === undefined) throw new Error('the sign-in is gone')
    return after
  }

  identify({ number }: Person, typed: string = password): Promise<SignIn> {
    return this.answer({ step: 'identify', number, password: typed })
  }

  /** Types a code: the one that was sent, unless another is given. */
  async enterCode(code?: string): Promise<SignIn> {
    const { challenge } = await this.now()
    return this.answer({ step: 'second-factor', code: code ?? challenge!.code })
  }

  /** A code that was certainly not sent. */
  async wrongCode(): Promise<SignIn> {
    const { challenge } = await this.now()
    return this.enterCode(challenge!.code === '111111' ? '222222' : '111111')
  }

  async authenticate(person: Person): Promise<SignIn> {
    await this.identify(person)
    return this.enterCode()
  }

  agree(): Promise<SignIn> {
    return this.answer({ step: 'consent', agrees: true })
  }

  enterPasscode(typed: string = passcode): Promise<SignIn> {
    return this.answer({ step: 'passcode', passcode: typed })
  }
}
