import * as z from 'zod'
import { client } from './fields.ts'
import { operation } from './operation.ts'
import { newRelyingPartySchema, relyingPartyChangeSchema, relyingPartyView } from './rooms.ts'
import type { Operations } from './table.ts'

export const clients: Pick<
  Operations,
  `clients.${'register' | 'get' | 'list' | 'change' | 'remove'}`
> = {
  'clients.register': operation('clients.register', {
    at: 'POST /clients',
    summary: 'Registers a relying party. What is left out is made up or default: an id, a secret.',
    boundTo: 'nothing',
    takes: { metadata: newRelyingPartySchema },
    wholeBody: 'metadata',
    status: 201,
    gives: relyingPartyView,
  }),
  'clients.get': operation('clients.get', {
    at: 'GET /clients/{client}',
    summary: 'A relying party, with its secret.',
    boundTo: 'nothing',
    takes: { client },
    gives: relyingPartyView,
  }),
  'clients.list': operation('clients.list', {
    at: 'GET /clients',
    summary: 'All relying parties of the world.',
    boundTo: 'nothing',
    takes: {},
    gives: z.array(relyingPartyView),
  }),
  'clients.change': operation('clients.change', {
    at: 'PATCH /clients/{client}',
    summary: 'Changes a relying party. What is left out stays; `null` takes a key away.',
    boundTo: 'relying party',
    takes: { client, metadata: relyingPartyChangeSchema },
    wholeBody: 'metadata',
    gives: relyingPartyView,
  }),
  'clients.remove': operation('clients.remove', {
    at: 'DELETE /clients/{client}',
    summary: 'Removes a relying party: its next request is refused.',
    boundTo: 'relying party',
    takes: { client },
  }),
}
