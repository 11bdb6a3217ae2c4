import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { logoutDelivery, sessionView } from './views.ts'

export const sessions: Pick<Operations, `sessions.${'list' | 'end' | 'sendLogoutToken'}`> = {
  'sessions.list': operation('sessions.list', {
    at: 'GET /sessions',
    summary: 'Who is signed in in a browser, and where.',
    boundTo: 'nothing',
    takes: { ...field.whose, signIn: field.signIn.exactOptional() },
    gives: z.array(sessionView),
  }),
  'sessions.end': operation('sessions.end', {
    at: 'POST /sessions/end',
    summary:
      'Ends the sessions of a person, or one session, as a sign-out does, logout tokens included.',
    boundTo: 'person',
    takes: { person: field.person.exactOptional(), session: field.session.exactOptional() },
    gives: z.strictObject({ ended: z.int().min(0) }),
  }),
  'sessions.sendLogoutToken': operation('sessions.sendLogoutToken', {
    at: 'POST /sessions/logout-token',
    summary:
      'Sends the logout tokens of a session, to one relying party or to all, and ends nothing.',
    boundTo: 'person',
    takes: { session: field.session, client: field.client.exactOptional() },
    gives: z.array(logoutDelivery),
  }),
}
