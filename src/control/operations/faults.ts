import * as z from 'zod'
import { faultNames } from '../../faults/index.ts'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { faultView } from './views.ts'

const fault = z
  .enum(faultNames)
  .describe('Which: `status`, `slow`, `empty-body` or `invalid-json`.')

export const faults: Pick<Operations, `faults.${'list' | 'arm' | 'disarm'}`> = {
  'faults.list': operation('faults.list', {
    at: 'GET /faults',
    summary: 'What is armed, the first first.',
    boundTo: 'nothing',
    takes: {},
    gives: z.array(faultView),
  }),
  'faults.arm': operation('faults.arm', {
    at: 'POST /faults',
    summary:
      'Makes something go wrong, as often as it is asked: of the relying party, person or sign-in that is named, or of the world.',
    boundTo: 'world',
    takes: {
      fault,
      ...field.whose,
      signIn: field.signIn.exactOptional(),
      endpoint: field.providerEndpoint
        .describe('Such as `token`: see the journal. Everywhere, without.')
        .exactOptional(),
      status: z.int().min(400).max(599).describe('For `status`: 503 without.').exactOptional(),
      delayMs: z
        .int()
        .min(0)
        .max(60_000)
        .describe('For `slow`, in milliseconds: 3000 without.')
        .exactOptional(),
      times: z
        .int()
        .min(1)
        .max(1000)
        .describe('How often it strikes: once without.')
        .exactOptional(),
    },
    status: 201,
    gives: faultView,
  }),
  'faults.disarm': operation('faults.disarm', {
    at: 'DELETE /faults/{id}',
    summary: 'Disarms a fault.',
    boundTo: 'world',
    takes: { id: field.text.describe('What arming it gave.') },
  }),
}
