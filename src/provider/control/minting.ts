import { MockVneidError, systemRandom, type Store } from '../../kernel/index.ts'
import type { WorldTime } from '../records/world-time.ts'

/** The tokens that one call made so far are not there any more. */
export class TokensGone extends MockVneidError {
  override readonly code = 'ERR_TOKENS_GONE'

  constructor() {
    super(
      'tokens that are minted together must all be there, got a world that was reset, restored or ended meanwhile, or whose clock went on by a day. Mint all of them again.',
    )
  }
}

const kind = 'Minting'

/** Whoever wants more later than this, by the world's clock, begins again. */
const knownSeconds = 24 * 60 * 60

/**
 * One call for many tokens, as the store remembers it: so that whoever is given the last of them
 * has the first, too. A world that forgot the call, or is as it was at an earlier moment of it, has
 * forgotten tokens.
 */
export class Minting {
  readonly #store: Store
  readonly #time: WorldTime
  readonly #id = systemRandom.id()
  #batches = 0

  constructor(store: Store, time: WorldTime) {
    this.#store = store
    this.#time = time
  }

  /**
   * Before each batch.
   *
   * @throws {@link TokensGone} When those before it are gone.
   */
  async goOn(): Promise<void> {
    const before = this.#batches++
    const keep = {
      version: String(this.#batches),
      expiresAt: (this.#time.now() + knownSeconds) * 1000,
    }
    if (before === 0) return this.#store.put(kind, this.#id, true, keep)
    if (!(await this.#store.swap(kind, this.#id, String(before), true, keep)))
      throw new TokensGone()
  }

  /** After the last. */
  async end(): Promise<void> {
    await this.#store.destroy(kind, this.#id)
  }
}
