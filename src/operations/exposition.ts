import { collectDefaultMetrics, Counter, Registry, type Metric } from 'prom-client'
import type { Measures } from './measures.ts'
import { Spread, type Tally, type Distribution, type Measure } from './tallies.ts'

/** Everything counted, as Prometheus reads it. */
export interface Exposition {
  contentType: string
  text(): Promise<string>
}

/** Everything tallied, and what the process says of itself, in a registry of this mock alone. */
export function createExposition(measures: Measures): Exposition {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const part of Object.values(measures) as (Tally | Spread)[])
    registry.registerMetric(part instanceof Spread ? histogramOf(part) : counterOf(part))
  return { contentType: registry.contentType, text: () => registry.metrics() }
}

function counterOf(tally: Tally): Counter {
  const { name, help, labelNames } = tally.measure
  return new Counter({
    name,
    help,
    labelNames: [...labelNames],
    registers: [],
    collect() {
      this.reset()
      for (const { labels, count } of tally.all()) this.inc(labelled(tally.measure, labels), count)
    },
  })
}

/** The library's own can only observe; a registry takes whatever says its values when it is asked. */
function histogramOf(spread: Spread): Metric {
  const { name, help } = spread.measure
  const get = async () => {
    const values = [...spread.all()].flatMap((series) => samplesOf(spread, series))
    return { name, help, type: 'histogram', values, aggregator: 'sum' }
  }
  return { name, get } as unknown as Metric
}

const labelled = ({ labelNames }: Measure, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(labelNames.map((name, index) => [name, values[index] ?? '']))

interface Sample {
  metricName: string
  labels: Record<string, string | number>
  value: number
}

/** Buckets sum up: each counts everything below its bound. */
function samplesOf({ measure, bounds }: Spread, { labels, counts, sum }: Distribution): Sample[] {
  const named = labelled(measure, labels)
  let total = 0
  const buckets = counts.map((count, index): Sample => {
    total += count
    const le = bounds[index] ?? '+Inf'
    return { metricName: `${measure.name}_bucket`, labels: { le, ...named }, value: total }
  })
  return [
    ...buckets,
    { metricName: `${measure.name}_sum`, labels: named, value: sum },
    { metricName: `${measure.name}_count`, labels: named, value: total },
  ]
}
