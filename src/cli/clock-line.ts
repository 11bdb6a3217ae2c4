import type { ClockView } from '../index.ts'
import { inVietNam } from './in-viet-nam.ts'

/** What time it is in a world, and how that differs from the time on this machine. */
export function clockLine({ now, isFrozen, aheadMs, stamps }: ClockView): string {
  const distance = inUnits(Math.abs(aheadMs))
  const differs = [
    ...(isFrozen ? ['frozen'] : []),
    ...(distance === '' ? [] : [`${distance} ${aheadMs < 0 ? 'behind' : 'ahead'}`]),
    ...(stamps === 'world' ? ['stamps: world'] : []),
  ]
  return `${inVietNam(now)} (${differs.join(', ') || 'real time'})`
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** The two largest units say enough: "12 days 3 hours". Less than a second is nothing. */
function inUnits(ms: number): string {
  const first = units.findIndex(([, length]) => ms >= length)
  if (first === -1) return ''
  return units
    .slice(first, first + 2)
    .map(([name, length], nth) => {
      const longer = units[first + nth - 1]
      const amount = Math.floor((nth === 0 ? ms : ms % longer![1]) / length)
      return amount === 0 ? '' : `${amount} ${name}${amount === 1 ? '' : 's'}`
    })
    .filter(Boolean)
    .join(' ')
}
