import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { message } from './views.ts'

const filter = {
  ...field.whose,
  signIn: field.signIn.exactOptional(),
  phoneOf: field.person.describe('On whose phone they arrived: an id.').exactOptional(),
}

export const messages: Pick<Operations, 'messages.list' | 'messages.take'> = {
  'messages.list': operation('messages.list', {
    at: 'GET /messages',
    summary: 'The sign-in codes that were sent, the oldest first.',
    boundTo: 'nothing',
    takes: filter,
    gives: z.array(message),
  }),
  'messages.take': operation('messages.take', {
    at: 'POST /messages/take',
    summary: 'Waits for a message that nobody took yet, and takes it.',
    boundTo: 'sign-in',
    takes: { ...filter, ...field.patience },
    gives: message,
  }),
}
