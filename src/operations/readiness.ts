/** Whether one part is ready. A refusal says no as well. */
export type ReadinessCheck = () => Promise<boolean>

export interface ReadinessReport {
  isReady: boolean
  /** Each part: `ok`, or in a few words why not. */
  checks: Readonly<Record<string, string>>
}

/** A part that does not answer within this time is not ready, in milliseconds. */
const patienceMs = 1500

/** Whether requests should be sent here: every part says yes, and nobody has told us to stop. */
export class Readiness {
  readonly #checks: Readonly<Record<string, ReadinessCheck>>
  #isStopping = false
  #asking: Promise<ReadinessReport> | undefined

  constructor(checks: Readonly<Record<string, ReadinessCheck>>) {
    this.#checks = checks
  }

  /** From now on, for ever, not ready. */
  stop(): void {
    this.#isStopping = true
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** Many who ask at once are given one answer, so that asking often costs the parts nothing. */
  async report(): Promise<ReadinessReport> {
    if (this.#isStopping) return { isReady: false, checks: { process: 'stopping' } }
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(): Promise<ReadinessReport> {
    const asked = Object.entries(this.#checks).map(
      async ([name, check]) => [name, await inTime(check)] as const,
    )
    const answers = await Promise.all(asked)
    return {
      isReady: answers.every(([, answer]) => answer === 'ok'),
      checks: Object.fromEntries(answers),
    }
  }
}

async function inTime(check: ReadinessCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${patienceMs} ms`), patienceMs)
  })
  const said = check().then(
    (isReady) => (isReady ? 'ok' : 'not ready'),
    () => 'not ready',
  )
  try {
    return await Promise.race([said, late])
  } finally {
    clearTimeout(timer)
  }
}
