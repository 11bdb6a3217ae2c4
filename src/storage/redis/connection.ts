import { StoreUnavailable } from '../../kernel/index.ts'
import { hidePassword, parseAddress } from './address.ts'
import { clientFor, patienceMs, type RedisClient } from './connect.ts'
import { commitScript, readScript } from './scripts.ts'

/** What the scripts are called and return. */
interface Scripts {
  mockVneidRead(prefix: string, name: string): Promise<ReadRow[]>
  mockVneidCommit(
    prefix: string,
    operations: string,
    now: string,
    id: string,
    notAfterMs: string,
  ): Promise<[verdict: number, redisMs: number]>
}

export type ReadRow = [
  asked: string,
  name: string,
  json: string,
  expiresAt: string,
  claimedAt: string,
  group: string,
  version: string,
]

/**
 * Redis, as long as it answers. Every question ends within {@link patienceMs}: with an answer or
 * with {@link StoreUnavailable}. A connection that has been down longer is not waited for, so that
 * nobody waits in vain; it comes back by itself.
 */
export class Connection {
  readonly #client: RedisClient
  readonly #scripts: Scripts
  readonly #address: string
  #downSince: number | undefined
  #lastError: unknown
  #isOver = false
  /** When Redis last said what time it is there, by a clock that only runs forward here. */
  #heard = { redisMs: 0, at: 0 }

  /**
   * @throws {@link StoreAddressInvalid} When the address is none.
   * @throws {@link StoreUnavailable} When nobody answers there.
   */
  static async open(address: string): Promise<Connection> {
    const connection = new Connection(address)
    await connection.#begin()
    return connection
  }

  private constructor(address: string) {
    this.#client = clientFor(parseAddress(address))
    this.#address = hidePassword(address)
    this.#client.defineCommand('mockVneidRead', { numberOfKeys: 1, lua: readScript })
    this.#client.defineCommand('mockVneidCommit', { numberOfKeys: 1, lua: commitScript })
    this.#scripts = this.#client as unknown as Scripts
    this.#client.on('error', (error: unknown) => {
      this.#lastError = error
    })
    this.#client.on('close', () => {
      this.#downSince ??= performance.now()
    })
    this.#client.on('ready', () => {
      this.#downSince = undefined
    })
    this.#client.on('end', () => this.#beginAgain())
  }

  read(prefix: string, name: string): Promise<ReadRow[]> {
    return this.#ask(() => this.#scripts.mockVneidRead(prefix, name))
  }

  /**
   * Writes, exactly once or never: a commit that is sent again after a lost connection is known by
   * its id, and one that Redis comes to when nobody waits for it any more is not done. Returns the
   * number of the condition that did not hold, or 0.
   */
  async commit(prefix: string, operations: string, now: string, id: string): Promise<number> {
    const giveUpAt = performance.now() + patienceMs
    for (;;) {
      const left = giveUpAt - performance.now()
      // A quarter of the time is left for the answer to come back.
      const notAfterMs = String(Math.floor(this.#redisNow() + left * 0.75))
      const [verdict, redisMs] = await this.#ask(
        () => this.#scripts.mockVneidCommit(prefix, operations, now, id, notAfterMs),
        left,
      )
      this.#hear(redisMs)
      if (verdict !== tooLate) return verdict
    }
  }

  async isReady(): Promise<boolean> {
    return this.#ask(() => this.#client.ping()).then(
      () => true,
      () => false,
    )
  }

  async close(): Promise<void> {
    this.#isOver = true
    await within(patienceMs / 4, this.#client.quit()).catch(() => this.#client.disconnect())
  }

  async #begin(): Promise<void> {
    try {
      await within(1.5 * patienceMs, this.#client.connect())
      const [seconds, micros] = await within(patienceMs, this.#client.time())
      this.#hear(Number(seconds) * 1000 + Math.floor(Number(micros) / 1000))
    } catch (error) {
      this.#isOver = true
      this.#client.disconnect()
      throw this.#unavailable(this.#lastError ?? error)
    }
  }

  /** The client reconnects by itself, but gives up when it was interrupted while it did. */
  #beginAgain(): void {
    if (this.#isOver) return
    setTimeout(() => {
      if (!this.#isOver) this.#client.connect().catch(() => {})
    }, patienceMs / 4).unref()
  }

  async #ask<T>(question: () => Promise<T>, ms: number = patienceMs): Promise<T> {
    if (performance.now() - (this.#downSince ?? Infinity) > patienceMs)
      throw this.#unavailable(this.#lastError ?? new Error('the connection is lost'))
    try {
      return await within(ms, question())
    } catch (error) {
      if (isOurMistake(error)) throw error
      throw this.#unavailable(error)
    }
  }

  #hear(redisMs: number): void {
    this.#heard = { redisMs, at: performance.now() }
  }

  /** Never ahead of Redis: an answer that took its time makes it look earlier than it is. */
  #redisNow(): number {
    return this.#heard.redisMs + performance.now() - this.#heard.at
  }

  #unavailable(cause: unknown): StoreUnavailable {
    const error = cause as NodeJS.ErrnoException & { lastNodeError?: Error }
    const { name, message } = error.lastNodeError ?? error
    const reason = message || (error.code ?? name)
    return new StoreUnavailable(this.#address, cause, reason, name === 'ReplyError')
  }
}

/** What the commit script says when it is asked to write after the time given. */
const tooLate = -1

/**
 * Redis understood and refused: `ERR` and `WRONGTYPE` are bugs of ours. Everything else it says,
 * such as READONLY, LOADING or NOAUTH, is a matter of its state.
 */
const isOurMistake = (error: unknown) =>
  error instanceof Error && error.name === 'ReplyError' && /^(ERR|WRONGTYPE) /.test(error.message)

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no answer within ${Math.ceil(ms)} ms`)),
      Math.max(0, ms),
    )
    void promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
