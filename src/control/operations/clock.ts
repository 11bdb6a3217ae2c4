import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { clockView } from './views.ts'

export const clock: Pick<
  Operations,
  `clock.${'read' | 'freeze' | 'set' | 'advance' | 'thaw'}` | 'expire'
> = {
  'clock.read': operation('clock.read', {
    at: 'GET /clock',
    summary: 'What time it is in the world.',
    boundTo: 'nothing',
    takes: {},
    gives: clockView,
  }),
  'clock.freeze': operation('clock.freeze', {
    at: 'POST /clock/freeze',
    summary: 'Makes the clock stand still, at a moment or at now.',
    boundTo: 'world',
    takes: { at: field.moment.exactOptional() },
    gives: clockView,
  }),
  'clock.set': operation('clock.set', {
    at: 'POST /clock/set',
    summary:
      'Sets the clock to a moment. Set back, it brings nothing back that has ended: sessions, codes, tokens.',
    boundTo: 'world',
    takes: { to: field.moment },
    gives: clockView,
  }),
  'clock.advance': operation('clock.advance', {
    at: 'POST /clock/advance',
    summary: 'Puts the clock forward.',
    boundTo: 'world',
    takes: { by: field.duration },
    gives: clockView,
  }),
  'clock.thaw': operation('clock.thaw', {
    at: 'POST /clock/thaw',
    summary: 'Makes the clock go on from where it stands.',
    boundTo: 'world',
    takes: {},
    gives: clockView,
  }),
  expire: operation('expire', {
    at: 'POST /expire',
    summary:
      'Makes what is remembered expire now, and says how much did: of the person, relying party or sign-in that is named, or of the world.',
    boundTo: 'world',
    takes: { what: field.expirable, ...field.whose, signIn: field.signIn.exactOptional() },
    gives: z.strictObject({ expired: z.int().min(0) }),
  }),
}
