/** What a crowd of visitors went through. */
export class Tally {
  /** How often each thing was done to its end. */
  readonly done: Record<string, number> = {}
  /** How many blows there have been. */
  blows = 0
  /** Replies that said: come back later. Nothing was done then, unless they said so. */
  busy = 0
  /** Replies that never came, because whoever was to send them was killed. It may have been done. */
  cut = 0
  /** Citizens who went back to the portal after a reply was cut off. */
  begunAgain = 0
  /** Codes and refresh tokens that were spent in a request whose reply was cut off. */
  spentUnheard = 0
  /** What must never be. */
  readonly broken: string[] = []
  /** How long replies took, in milliseconds. */
  readonly waits: number[] = []

  count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1
  }

  /** The wait that this share of all replies did not exceed, in milliseconds. */
  wait(share: number): number {
    const sorted = this.waits.toSorted((a, b) => a - b)
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  }
}
