import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { journalEntry, worldEvent } from './views.ts'

const filter = {
  ...field.whose,
  signIn: field.signIn.exactOptional(),
  endpoint: field.endpoint.describe('Such as `token`.').exactOptional(),
  isOk: z.boolean().describe('Whether it went well for whoever asked.').exactOptional(),
}

export const journal: Pick<Operations, `journal.${'list' | 'take' | 'clear'}` | 'events'> = {
  'journal.list': operation('journal.list', {
    at: 'GET /journal',
    summary: 'What happened, the oldest first; with a limit the newest of it.',
    boundTo: 'nothing',
    takes: { ...filter, limit: field.limit(10_000, 'all that is kept') },
    gives: z.array(journalEntry),
  }),
  'journal.take': operation('journal.take', {
    at: 'POST /journal/take',
    summary: 'Waits for an entry that nobody took yet, and takes it: the oldest that fits.',
    boundTo: 'world',
    takes: { ...filter, ...field.patience },
    gives: journalEntry,
  }),
  'journal.clear': operation('journal.clear', {
    at: 'DELETE /journal',
    summary: 'Forgets what happened.',
    boundTo: 'world',
    takes: {},
  }),
  events: operation('events', {
    at: 'GET /events',
    summary: 'What happens from now on, as server-sent events.',
    boundTo: 'nothing',
    takes: {},
    reply: 'sse',
    gives: worldEvent,
  }),
}
