import { hidePassword, StoreUnavailable, systemRandom } from '../../kernel/index.ts'
import { parseAddress } from './address.ts'
import { clientFor, patienceMs, type RedisClient } from './connect.ts'
import { isDatabaseRefused, reasonAtStart, reasonOf, troubleOf } from './reasons.ts'
import { tooLate } from './scripts/redis-time.ts'
import {
  defineScripts,
  type Cleared,
  type ListRow,
  type ReadRow,
  type Scripts,
} from './scripts/scripts.ts'

/**
 * Redis, as long as it answers. Every question ends within {@link patienceMs}: with an answer or
 * with {@link StoreUnavailable}. A connection that has been down longer is not waited for, so that
 * nobody waits in vain; it comes back by itself.
 */
export class Connection {
  readonly #client: RedisClient
  readonly #scripts: Scripts
  readonly #address: string
  readonly #hasTls: boolean
  /** Of several, one may be silent and the others not. */
  readonly #isCluster: boolean
  #downSince: number | undefined
  /** How often it was connected. */
  #connections = 0
  #lastError: unknown
  /** Whether somebody waited in vain, and nobody was answered since. */
  #isSilent = false
  /** Of whoever last asked whether Redis takes what is written, as long as it has not said. */
  #lastWrite: Promise<unknown> | undefined
  #isOver = false
  /** When Redis last said what time it is there, by a clock that only runs forward here. */
  #redisTime = { redisMs: 0, at: 0 }
  /** Differs between processes even where chance is repeatable: commits are told apart by it. */
  readonly #processId = systemRandom.id()
  #commits = 0

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
    const parsed = parseAddress(address)
    this.#client = clientFor(parsed)
    this.#hasTls = parsed.hasTls
    this.#isCluster = parsed.kind === 'cluster'
    this.#address = hidePassword(address)
    this.#scripts = defineScripts(this.#client)
    this.#client.on('error', (error: unknown) => {
      this.#lastError = error
      // Whatever is asked before it is let in waits, and never meets the data of others.
      if (isDatabaseRefused(error)) this.#client.disconnect(true)
    })
    this.#client.on('close', () => {
      this.#downSince ??= performance.now()
    })
    this.#client.on('ready', () => {
      this.#connections++
      this.#downSince = undefined
      this.#isSilent = false
    })
    this.#client.on('end', () => this.#beginAgain())
  }

  read(prefix: string, name: string): Promise<ReadRow[]> {
    return this.#ask(() => this.#scripts.mockVneidRead(prefix, name))
  }

  /** A page of the records of a kind, and where the next one begins if there is one. */
  list(prefix: string, kind: string, after: string): Promise<[after: string, rows: ListRow[]]> {
    return this.#ask(() => this.#scripts.mockVneidList(prefix, kind, after, listedAtOnce))
  }

  /** Every kind of which there is a record. */
  kinds(prefix: string): Promise<string[]> {
    return this.#ask(() => this.#client.hkeys(`${prefix}:o`))
  }

  changes(prefix: string, epoch: string, count: string): ReturnType<Scripts['mockVneidChanges']> {
    return this.#ask(() => this.#scripts.mockVneidChanges(prefix, epoch, count))
  }

  logs(prefix: string): Promise<string[]> {
    return this.#ask(() => this.#client.smembers(`${prefix}:j`))
  }

  /** Some of the notes from a place on, the oldest first. */
  notes(key: string, from: string, count: number): Promise<[id: string, fields: string[]][]> {
    return this.#ask(() => this.#client.xrange(key, from, '+', 'COUNT', count))
  }

  lastNote(key: string): Promise<string | null> {
    return this.#ask(() => this.#scripts.mockVneidLastNote(key))
  }

  /**
   * Writes, exactly once or never: a commit that is sent again after a lost connection is known by
   * its id. Returns the number of the condition that did not hold, or 0.
   */
  commit(prefix: string, operations: string, now: string): Promise<number> {
    const id = `${this.#processId}:${++this.#commits}`
    return this.#writeInTime((notAfterMs) =>
      this.#scripts.mockVneidCommit(prefix, operations, now, id, notAfterMs),
    )
  }

  /** Forgets some of what is kept, and says whether there is more. */
  async clearSome(prefix: string, what: Cleared): Promise<boolean> {
    const verdict = await this.#writeInTime((notAfterMs) =>
      this.#scripts.mockVneidClear(prefix, clearedAtOnce, notAfterMs, what),
    )
    return verdict === 1
  }

  /** Forgets some of what has ended by the world's clock, and says whether there may be more. */
  async forgetSomeEnded(prefix: string, now: string): Promise<boolean> {
    const verdict = await this.#writeInTime((notAfterMs) =>
      this.#scripts.mockVneidForgetEnded(prefix, clearedAtOnce, notAfterMs, now),
    )
    return verdict === 1
  }

  /** Whether it takes what is written: many a Redis that answers does not. */
  async isReady(key: string): Promise<boolean> {
    // One at a time: what is not answered is sent again with every new connection.
    const write = async () => {
      this.#lastWrite ??= this.#client.set(key, '', 'PX', readyMs).finally(() => {
        this.#lastWrite = undefined
      })
      await this.#lastWrite
    }
    return this.#ask(write).then(
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
      throw this.#unavailable(this.#lastError ?? error, (cause) =>
        reasonAtStart(cause, this.#hasTls),
      )
    }
  }

  /** The client reconnects by itself, but gives up when it was interrupted while it did. */
  #beginAgain(): void {
    if (this.#isOver) return
    setTimeout(() => {
      if (!this.#isOver) this.#client.connect().catch(() => {})
    }, patienceMs / 4).unref()
  }

  /** What Redis comes to when nobody waits for it any more is not done. */
  async #writeInTime(
    write: (notAfterMs: string) => Promise<[verdict: number, redisMs: number]>,
  ): Promise<number> {
    // In the little time that there is then, the answer could come too late for what was done.
    if (this.#isSilent) throw this.#unavailable(new NoAnswer(patienceMs))
    const giveUpAt = performance.now() + patienceMs
    for (;;) {
      const left = giveUpAt - performance.now()
      // A quarter of the time is left for the answer to come back.
      const notAfterMs = String(Math.floor(this.#redisNow() + left * 0.75))
      const [isUp, connections] = [this.#downSince === undefined, this.#connections]
      const wasSent = () => isUp || this.#connections > connections
      const [verdict, redisMs] = await this.#ask(() => write(notAfterMs), left, wasSent)
      this.#hear(redisMs)
      if (verdict !== tooLate) return verdict
    }
  }

  async #ask<T>(
    question: () => Promise<T>,
    ms: number = this.#isSilent ? impatienceMs : patienceMs,
    wasSent: () => boolean = () => false,
  ): Promise<T> {
    if (performance.now() - (this.#downSince ?? Infinity) > patienceMs)
      throw this.#unavailable(this.#lastError ?? new Error('the connection is lost'))
    try {
      return await within(ms, this.#heard(question()))
    } catch (error) {
      if (isOurMistake(error)) throw error
      this.#isSilent ||= error instanceof NoAnswer && ms > patienceMs / 2 && !this.#isCluster
      throw this.#unavailable(error, reasonOf, wasSent())
    }
  }

  /** What is answered late, or refused, is an answer too: whoever waited in vain is still asking. */
  async #heard<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked
    } finally {
      this.#isSilent = false
    }
  }

  #hear(redisMs: number): void {
    this.#redisTime = { redisMs, at: performance.now() }
  }

  /** Never ahead of Redis: an answer that took its time makes it look earlier than it is. */
  #redisNow(): number {
    return this.#redisTime.redisMs + performance.now() - this.#redisTime.at
  }

  #unavailable(
    cause: unknown,
    inWords: (cause: Error) => string = reasonOf,
    wasSent = false,
  ): StoreUnavailable {
    const error = cause as Error & { lastNodeError?: Error }
    const first = error.lastNodeError ?? error
    const trouble = troubleOf(first)
    const mayBeDone = wasSent && !trouble.isRefusal
    return new StoreUnavailable(this.#address, cause, inWords(first), { ...trouble, mayBeDone })
  }
}

/** So many records are read, or forgotten, in one or two milliseconds: nobody else waits longer. */
const listedAtOnce = 250
const clearedAtOnce = 200

/** How long one question may take as long as Redis is silent: whoever asks may have waited before. */
const impatienceMs = patienceMs / 8

/** How long it is remembered in Redis that somebody asked whether it can be written to. */
const readyMs = 10_000

/**
 * Redis understood and refused: `ERR` and `WRONGTYPE` are bugs of ours. Everything else it says,
 * such as READONLY, LOADING or NOAUTH, is a matter of its state.
 */
const isOurMistake = (error: unknown) =>
  error instanceof Error && error.name === 'ReplyError' && /^(ERR|WRONGTYPE) /.test(error.message)

class NoAnswer extends Error {
  constructor(ms: number) {
    super(`no answer within ${Math.ceil(ms)} ms`)
  }
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(ms)), Math.max(0, ms))
    void promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
