import * as z from 'zod'
import { answer } from './answers.ts'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { cookie, signInResult, signInView } from './views.ts'

const parameters = z.record(z.string(), z.string())

const withholds = z
  .array(field.text)
  .max(100)
  .describe(
    'Names of claims that they keep back: among those that the relying party lets people choose.',
  )

export const signIns: Pick<
  Operations,
  'signIn' | `signIns.${'next' | 'list' | 'get' | 'answer' | 'wait'}`
> = {
  signIn: operation('signIn', {
    at: 'POST /sign-ins',
    summary: 'Signs somebody in through the real endpoints, without a browser.',
    boundTo: 'sign-in',
    takes: {
      as: field.person,
      client: field.client.exactOptional(),
      role: field.role.exactOptional(),
      scope: field.text.describe('`openid profile vneid` without.').exactOptional(),
      acr: field.text.describe('Asked for as `acr_values`.').exactOptional(),
      journey: field.journey.exactOptional(),
      claims: field.record
        .describe('What the claims of this sign-in say instead of what is known of the person.')
        .exactOptional(),
      withholds: withholds.exactOptional(),
      redirectUri: field.text.describe('The first that is registered, without.').exactOptional(),
      state: field.text.exactOptional(),
      nonce: field.text.exactOptional(),
      parameters: parameters
        .describe('Further parameters of the authorization request, such as `max_age`.')
        .exactOptional(),
      cookies: z
        .array(cookie)
        .describe('Of a browser that signed in before, to go on in it.')
        .exactOptional(),
      returns: z
        .enum(['code', 'tokens'])
        .describe('How far it goes: `tokens` without.')
        .exactOptional(),
    },
    gives: signInResult,
  }),
  'signIns.next': operation('signIns.next', {
    at: 'POST /sign-ins/next',
    summary: 'Decides who the next sign-in is: of that relying party, or of any. Used once.',
    boundTo: 'relying party',
    takes: {
      as: field.person,
      client: field.client.exactOptional(),
      role: field.role.exactOptional(),
      journey: field.journey.exactOptional(),
      claims: field.record.exactOptional(),
      withholds: withholds.exactOptional(),
    },
    gives: z.strictObject({ id: z.string() }),
  }),
  'signIns.list': operation('signIns.list', {
    at: 'GET /sign-ins',
    summary:
      'The sign-ins that are remembered, the oldest first: for an hour after they ended, without a page for ten minutes.',
    boundTo: 'nothing',
    takes: {
      ...field.whose,
      signIn: field.signIn.exactOptional(),
      step: field.step.exactOptional(),
    },
    gives: z.array(signInView),
  }),
  'signIns.get': operation('signIns.get', {
    at: 'GET /sign-ins/{signIn}',
    summary: 'A sign-in, as it stands.',
    boundTo: 'nothing',
    takes: { signIn: field.signIn },
    gives: signInView,
  }),
  'signIns.answer': operation('signIns.answer', {
    at: 'POST /sign-ins/{signIn}/answers',
    summary: 'Answers the present step of a sign-in that a browser has begun.',
    boundTo: 'sign-in',
    takes: { signIn: field.signIn, answer },
    wholeBody: 'answer',
    gives: signInView,
  }),
  'signIns.wait': operation('signIns.wait', {
    at: 'POST /sign-ins/wait',
    summary: 'Waits until there is a sign-in that stands at that step (any, without).',
    boundTo: 'nothing',
    takes: {
      ...field.whose,
      signIn: field.signIn.exactOptional(),
      step: field.step.exactOptional(),
      ...field.patience,
    },
    gives: signInView,
  }),
}
