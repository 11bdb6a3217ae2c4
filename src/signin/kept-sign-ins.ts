import type { Json, Keep, Random, Reference, Store } from '../kernel/index.ts'
import type { SignIn } from './sign-in.ts'
import { referenceToTries } from './tries.ts'

const kind = 'SignIn'

/** Where the sign-in of that id is, for records whose readers will want it next. */
export const referenceToSignIn = (id: string): Reference => ({ kind, value: id })

/** How long a sign-in that has ended can still say so, in milliseconds. */
const afterlifeMs = 60 * 60 * 1000

/**
 * The same of one that nobody walked in a browser: as long as what else it leaves behind, because
 * tests begin thousands.
 */
const headlessAfterlifeMs = 10 * 60 * 1000

/** Sign-ins as the store has them: as they were when somebody last moved them. */
export class KeptSignIns {
  readonly #store: Store
  readonly #random: Random

  constructor({ store, random }: { store: Store; random: Random }) {
    this.#store = store
    this.#random = random
  }

  async find(id: string): Promise<SignIn | undefined> {
    return (await this.#store.find(kind, id))?.value as unknown as SignIn | undefined
  }

  /** All of them, in the order in which they began. */
  async list(): Promise<SignIn[]> {
    const listed = await this.#store.list(kind)
    return listed.map(({ value }) => value as unknown as SignIn)
  }

  /** Keeps one that begins, unless it has begun; says whether it did. */
  begin(signIn: SignIn): Promise<boolean> {
    return this.#store.putIfAbsent(kind, signIn.id, asJson(signIn), keepOf(signIn))
  }

  /** Keeps one that was over before anybody could see it, as of now. */
  keepEnded(signIn: SignIn, now: number): Promise<void> {
    const expiresAt = now + headlessAfterlifeMs
    return this.#store.put(kind, signIn.id, asJson(signIn), { expiresAt, version: signIn.version })
  }

  /** Replaces one by what it has become, with a version of its own, unless somebody else did. */
  async replace(before: SignIn, after: SignIn): Promise<SignIn | undefined> {
    const next = { ...after, version: this.#random.id() }
    return (await this.overwrite(before, next)) ? next : undefined
  }

  /** As {@link KeptSignIns.replace}, but its forms stay as good as they were. */
  overwrite({ id, version }: SignIn, after: SignIn): Promise<boolean> {
    return this.#store.swap(kind, id, version, asJson(after), keepOf(after))
  }

  /** Says to exactly one of all who ask that the outcome is theirs to hand over. */
  claim(id: string): Promise<boolean> {
    return this.#store.claim(kind, id)
  }
}

function keepOf({ expiresAt, version, demand }: SignIn): Keep {
  const related = demand.prefill === undefined ? [] : [referenceToTries(demand.prefill)]
  return { expiresAt: expiresAt + afterlifeMs, version, related }
}

const asJson = (signIn: SignIn) => signIn as unknown as Json
