import type { Clock } from '../../src/kernel/index.ts'

/** A clock that stands still until it is moved. */
export class FrozenClock implements Clock {
  #now: number

  constructor(now: number = Date.now()) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  advance(seconds: number): void {
    this.#now += seconds * 1000
  }

  set(now: number): void {
    this.#now = now
  }
}
