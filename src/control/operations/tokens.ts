import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { mintedTokens } from './views.ts'

const options = {
  as: field.person,
  client: field.client.exactOptional(),
  role: field.role.exactOptional(),
  scope: field.text.describe('`openid profile vneid` without.').exactOptional(),
  nonce: field.text.exactOptional(),
  claims: field.record.describe('What the claims say instead.').exactOptional(),
}

export const tokens: Pick<Operations, 'tokens.mint' | 'tokens.mintMany'> = {
  'tokens.mint': operation('tokens.mint', {
    at: 'POST /tokens',
    summary: 'Tokens without a sign-in.',
    boundTo: 'person',
    takes: options,
    gives: mintedTokens,
  }),
  'tokens.mintMany': operation('tokens.mintMany', {
    at: 'POST /tokens/many',
    summary: 'Up to ten thousand at once, each of them different: a line of JSON each.',
    boundTo: 'person',
    takes: { ...options, count: z.int().min(1).max(10_000).describe('How many.') },
    reply: 'ndjson',
    gives: mintedTokens,
  }),
}
