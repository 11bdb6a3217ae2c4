import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { keyView } from './views.ts'

export const keys: Pick<Operations, `keys.${'list' | 'add' | 'switch' | 'retire'}`> = {
  'keys.list': operation('keys.list', {
    at: 'GET /keys',
    summary: 'The keys that are published.',
    boundTo: 'nothing',
    takes: {},
    gives: z.array(keyView),
  }),
  'keys.add': operation('keys.add', {
    at: 'POST /keys',
    summary: 'Publishes another key, which signs once it is switched to.',
    boundTo: 'world',
    takes: {
      alg: field.text.describe('Such as `RS256`, which it is without.').exactOptional(),
      jwk: z
        .looseObject({ kid: field.kid.exactOptional() })
        .describe('A private key. One is made, without.')
        .exactOptional(),
    },
    status: 201,
    gives: keyView,
  }),
  'keys.switch': operation('keys.switch', {
    at: 'POST /keys/{kid}/switch',
    summary: 'From now on this key signs what is signed with its algorithm.',
    boundTo: 'world',
    takes: { kid: field.kid },
    gives: z.array(keyView),
  }),
  'keys.retire': operation('keys.retire', {
    at: 'DELETE /keys/{kid}',
    summary: 'Takes a key from the JWKS: what it signed is not believed any more.',
    boundTo: 'world',
    takes: { kid: field.kid },
    gives: z.array(keyView),
  }),
}
