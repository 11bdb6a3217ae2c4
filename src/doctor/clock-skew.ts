import { ok, unknown, warning, wrong, type Finding } from './diagnosis.ts'
import type { Answer } from './probe.ts'

const warnSeconds = 5
const wrongSeconds = 60

/** Whether the provider's clock and ours agree, by the Date header. RFC 9110 §6.6.1. */
export function examineClock({ url, headers, atMs }: Answer): Finding {
  const said = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(said))
    return unknown('clock', {
      what: `the clock of ${url.host} could not be compared: its answer has no Date header.`,
      why: 'A proxy has taken it away, or the provider does not send it.',
      fix: 'Compare the clocks by hand: "date -u" on both machines.',
    })
  const ageMs = (Number(headers.get('age')) || 0) * 1000
  const halfOfItsResolutionMs = 500
  const skew = Math.round((said + ageMs + halfOfItsResolutionMs - atMs) / 1000)
  const distance = Math.abs(skew)
  if (distance <= warnSeconds)
    return ok(
      'clock',
      `the clock of ${url.host} agrees with the one here to ${warnSeconds} seconds.`,
    )
  const told = {
    what: `the clock of ${url.host} is ${inWords(distance)} ${skew > 0 ? 'ahead of' : 'behind'} the one here.`,
    why:
      skew > 0
        ? 'Its ID tokens seem to come from the future: relying parties refuse "iat" and "nbf", and client assertions made here seem old to it.'
        : 'Its ID tokens seem old when they arrive: relying parties refuse "exp" early, and client assertions made here seem to come from the future.',
    fix: 'Set both clocks by NTP (timedatectl set-ntp true). Docker Desktop and virtual machines drift after sleep: restart them. A tolerance in the portal, of a minute at most, hides small differences only.',
  }
  return distance >= wrongSeconds ? wrong('clock', told) : warning('clock', told)
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`
  return `${Math.round(seconds / 3600)} hours`
}
