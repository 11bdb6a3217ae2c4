import type { JournalEntry } from '../index.ts'
import { inVietNam } from './in-viet-nam.ts'
import { printable } from './printable.ts'

/** As wide as the endpoint that is asked most. */
const endpointWidth = 'authorization'.length

/** When, where, who, what was decided, and why. */
export function journalLine(entry: JournalEntry): string {
  const { at, endpoint, clientId, personId, decided, why } = entry
  const who = clientId === undefined ? personId : `${personId ?? 'nobody'} at ${clientId}`
  const source = why?.source === undefined ? '' : ` (${why.source})`
  const decision = why === undefined ? decided : `${decided}: ${why.rule}${source}`
  const parts = [inVietNam(at), endpoint.padEnd(endpointWidth), who ?? 'nobody', decision]
  return printable(parts.join('  '))
}
