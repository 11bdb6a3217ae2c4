import { MockVneidError } from '../kernel/index.ts'

export interface WaitedInVain {
  /** What was waited for: "journal entry". */
  what: string
  /** Which one, in words; any, when empty. */
  wanted: string
  timeoutMs: number
  /** How many fitted, but were somebody else's already. */
  takenBefore: number
  /** What else is there, in short: the newest last. */
  others: readonly string[]
}

/** Somebody waited for something to happen, and it did not. */
export class NothingCame extends MockVneidError {
  override readonly code = 'ERR_NOTHING_CAME'
  readonly wanted: string
  readonly timeoutMs: number
  readonly takenBefore: number
  readonly others: readonly string[]

  constructor({ what, wanted, timeoutMs, takenBefore, others }: WaitedInVain) {
    const which = wanted === '' ? '' : ` (${wanted})`
    super(
      `no ${what}${which} came within ${timeoutMs} ms. ` +
        (takenBefore > 0 ? `${takenBefore} that fit had been taken before. ` : '') +
        (others.length > 0 ? `What came last: ${others.join('; ')}. ` : 'Nothing else came. ') +
        'Make it happen before the time is over, ask for less, or wait longer.',
    )
    this.wanted = wanted
    this.timeoutMs = timeoutMs
    this.takenBefore = takenBefore
    this.others = others
  }
}
