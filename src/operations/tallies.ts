/** Beyond this many label values of one measure, the rest are counted together as `other`. */
const mostSeries = 1000

interface Labelled {
  labels: readonly string[]
}

/** The series of one measure, each found by its label values. */
class SeriesMap<T extends Labelled> {
  readonly #series = new Map<string, T>()
  readonly #make: (labels: readonly string[]) => T

  constructor(make: (labels: readonly string[]) => T) {
    this.#make = make
  }

  of(labels: readonly string[]): T {
    const key = labels.join('\n')
    const known = this.#series.get(key)
    if (known) return known
    if (this.#series.size >= mostSeries && labels.some((label) => label !== 'other'))
      return this.of(labels.map(() => 'other'))
    const made = this.#make(labels)
    this.#series.set(key, made)
    return made
  }

  all(): Iterable<T> {
    return this.#series.values()
  }
}

export interface Measure {
  name: string
  help: string
  labelNames: readonly string[]
}

/** How often something happened, by label values. */
export class Tally {
  readonly measure: Measure
  readonly #series = new SeriesMap((labels) => ({ labels, count: 0 }))

  constructor(measure: Measure) {
    this.measure = measure
  }

  count(...labels: readonly string[]): void {
    this.#series.of(labels).count++
  }

  all(): Iterable<{ labels: readonly string[]; count: number }> {
    return this.#series.all()
  }
}

export interface Distribution extends Labelled {
  /** How many fell below each bound, and at the end how many above all. Not summed up. */
  counts: number[]
  sum: number
}

/** How values of something are distributed, by label values. */
export class Spread {
  readonly measure: Measure
  readonly bounds: readonly number[]
  readonly #series: SeriesMap<Distribution>

  constructor(measure: Measure, bounds: readonly number[]) {
    this.measure = measure
    this.bounds = bounds
    this.#series = new SeriesMap((labels) => ({
      labels,
      counts: Array.from({ length: bounds.length + 1 }, () => 0),
      sum: 0,
    }))
  }

  observe(value: number, ...labels: readonly string[]): void {
    const series = this.#series.of(labels)
    let at = 0
    while (at < this.bounds.length && value > this.bounds[at]!) at++
    series.counts[at]!++
    series.sum += value
  }

  all(): Iterable<Distribution> {
    return this.#series.all()
  }
}
