import type { JsonWebKey } from 'node:crypto'
import { LimitReached, type Changes, type Json } from '../kernel/index.ts'
import { generateFor, type SigningAlgorithm } from './algorithms.ts'
import { KeyInvalid, KeyNeeded, KeyNotFound, KeyTaken } from './errors.ts'
import { createKeyRing, isSigning, switchedTo, without, type KeyRing } from './key-ring.ts'
import { readAlgorithm, readPrivateJwk, thumbprint } from './read-key.ts'
import { SigningKey, type PrivateJwk, type PublicJwk } from './signing-key.ts'

/** A key of a world, as whoever drives the world sees it. */
export interface KeyView {
  kid: string
  alg: SigningAlgorithm
  use: 'sig'
  /** Whether the world has no keys of its own, so that this is the process's. */
  isInherited: boolean
  /** Whether new signatures of its algorithm are made by it. */
  isSigning: boolean
  publicJwk: PublicJwk
}

/** A key to add. */
export interface KeyToAdd {
  /**
   * What it signs.
   *
   * @default of a given key its own `alg`, or the first that its kind can sign; RS256 of a new one
   */
  alg?: SigningAlgorithm
  /** The key itself, private: a new one is made without. */
  jwk?: JsonWebKey
}

/** How many keys a world may publish: all of them are read by whoever looks for one. */
const mostKeys = 50

/** Where the world's own list stands in its changes: a JWK Set in the order of the ring. */
const place = 'keys'

/**
 * The keys of one world: those of the process until it changes them, its own from then on. They are
 * rotated in two phases, so that nobody meets a signature of a key they could not know:
 *
 * ```
 * add ──▶ published ── switchTo ──▶ signing ── switchTo another ──▶ published ── retire ──▶ gone
 * ```
 *
 * What changed is in the world's {@link Changes}, so everybody who serves the world follows.
 */
export class WorldKeys {
  readonly #inherited: () => KeyRing
  readonly #changes: Changes
  #own: { version: object; inherited: KeyRing; ring: KeyRing } | undefined

  /** @param inherited The process's keys as they are now. */
  constructor({ inherited, changes }: { inherited: () => KeyRing; changes: Changes }) {
    this.#inherited = inherited
    this.#changes = changes
  }

  /** The keys as they are now: the same object until they change. */
  ring(): KeyRing {
    const kept = this.#kept()
    const inherited = this.#inherited()
    if (kept === undefined) return inherited
    const version = this.#changes.versionOf(place)
    if (this.#own?.version !== version || this.#own.inherited !== inherited)
      this.#own = {
        version,
        inherited,
        ring: createKeyRing(
          kept.map((jwk) => SigningKey.of(jwk)),
          inherited.cookieSecrets,
        ),
      }
    return this.#own.ring
  }

  /** Another object each time the keys changed: what a provider that was built of them goes by. */
  version(): object {
    return this.ring()
  }

  /** Every key that is published, in the order of the ring. Waits for one that is still being made. */
  async list(): Promise<readonly KeyView[]> {
    const { signing } = this.ring()
    const isInherited = this.#kept() === undefined
    return Promise.all(
      signing.map(async (key) => ({
        kid: key.kid,
        alg: key.alg,
        use: 'sig' as const,
        isInherited,
        isSigning: isSigning(key, signing),
        publicJwk: await key.publicJwk(),
      })),
    )
  }

  /**
   * Publishes another key, given or new. Another key of its algorithm goes on signing until
   * {@link WorldKeys.switchTo}; where there is none, it signs.
   *
   * @throws {@link KeyInvalid} When the given key cannot sign here, {@link KeyTaken} when another
   *   has its name, {@link LimitReached} when there are as many as there may be.
   */
  async add({ alg, jwk }: KeyToAdd = {}): Promise<KeyView> {
    // Before one is made, which takes its time; whoever adds at the same moment is seen below.
    checkCount(this.ring().signing.length + 1)
    const key = jwk === undefined ? await makeKey(alg) : readPrivateJwk(jwk, alg)
    await this.#change((keys) => publishable([...keys, key]))
    return this.#view(key.kid)
  }

  /**
   * Lets a published key sign from now on. The one that did until now stays published, so what it
   * has signed is still understood.
   *
   * @throws {@link KeyNotFound} When no key has that name.
   */
  async switchTo(kid: string): Promise<KeyView> {
    await this.#change((keys) => {
      const key = named(kid, keys)
      return isSigning(key, keys) ? keys : switchedTo(key, keys)
    })
    return this.#view(kid)
  }

  /**
   * Withdraws a key: what it has signed is not understood any more. If it signed until now, the
   * next of its algorithm does.
   *
   * @throws {@link KeyNotFound} When no key has that name, {@link KeyNeeded} when no other has its
   *   algorithm.
   */
  async retire(kid: string): Promise<void> {
    await this.#change((keys) => {
      const key = named(kid, keys)
      const left = without(key, keys)
      if (!left.some(({ alg }) => alg === key.alg)) throw new KeyNeeded(kid, key.alg)
      return left
    })
  }

  /**
   * Has exactly these keys from now on, the first of each algorithm signing, the first of all by
   * default. With fixed keys, signatures of RS256 and EdDSA are the same each time; those of the
   * others never are.
   *
   * @throws {@link KeyInvalid} When one cannot sign here or none is given, {@link KeyTaken} when two
   *   have one name, {@link LimitReached} when they are more than there may be.
   */
  async use(given: readonly JsonWebKey[]): Promise<void> {
    if (given.length === 0)
      throw new KeyInvalid(
        'the list of keys must hold at least one, got none. Leave it out to have the usual ones.',
      )
    const keys = publishable(given.map((jwk) => readPrivateJwk(jwk)))
    await this.#changes.change(ownKeys(keys))
  }

  #kept(): readonly PrivateJwk[] | undefined {
    const kept = this.#changes.get(place) as { keys: PrivateJwk[] } | null | undefined
    return kept?.keys
  }

  /** Replaces the list by what is made of the newest; where that is the same, nothing happens. */
  #change(make: (keys: readonly PrivateJwk[]) => readonly PrivateJwk[]): Promise<void> {
    return this.#changes.update(async () => {
      const keys = this.#kept() ?? (await this.#copyInherited())
      const changed = make(keys)
      return changed === keys ? {} : ownKeys(changed)
    })
  }

  #copyInherited(): Promise<PrivateJwk[]> {
    return Promise.all(this.#inherited().signing.map((key) => key.privateJwk()))
  }

  async #view(kid: string): Promise<KeyView> {
    return named(kid, await this.list())
  }
}

const ownKeys = (keys: readonly PrivateJwk[]) => ({ [place]: { keys: [...keys] as Json[] } })

async function makeKey(alg: SigningAlgorithm = 'RS256'): Promise<PrivateJwk> {
  const known = readAlgorithm(alg)
  const jwk = await generateFor(known)
  return { ...jwk, kid: thumbprint(jwk), alg: known }
}

function named<Key extends { kid: string }>(kid: string, keys: readonly Key[]): Key {
  const key = keys.find((key) => key.kid === kid)
  if (key) return key
  throw new KeyNotFound(
    kid,
    keys.map((key) => key.kid),
  )
}

/** @throws {@link KeyTaken} And {@link LimitReached}. */
function publishable(keys: readonly PrivateJwk[]): readonly PrivateJwk[] {
  checkCount(keys.length)
  const kids = new Set<string>()
  for (const { kid } of keys) {
    if (kids.has(kid)) throw new KeyTaken(kid)
    kids.add(kid)
  }
  return keys
}

function checkCount(count: number): void {
  if (count <= mostKeys) return
  throw new LimitReached(
    mostKeys,
    `a world may publish ${mostKeys} keys`,
    'Retire some, or give fewer.',
  )
}
