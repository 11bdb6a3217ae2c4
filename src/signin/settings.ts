import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'
import { optionalNames } from './asked.ts'
import type { LevelNames } from './levels.ts'

type NamesOf<L extends number> = Readonly<Record<L, string>>

/** How sign-ins go, as the settings file says it. */
export interface SignInSettings {
  journey: 'full' | 'short'
  codes: 'random' | 'fixed'
  code_seconds: number
  sign_in_seconds: number
  tries: number
  lock_seconds: number
  consent_days: number
  optional_claims: readonly string[]
  account_level_names: NamesOf<1 | 2>
  authentication_level_names: NamesOf<1 | 2 | 3 | 4>
}

/** The schema of `sign_in:` in the settings file. */
export const signInSettings: z.ZodType<SignInSettings> = strictObject({
  journey: z
    .enum(['full', 'short'])
    .default('full')
    .describe('Steps of a sign-in. "short" leaves out consent and passcode, as in 2024.'),
  codes: z
    .enum(['random', 'fixed'])
    .default('random')
    .describe('"fixed" makes every code 000000, for tests by hand.'),
  code_seconds: z
    .int()
    .min(1)
    .default(180)
    .describe('How long a code is valid. Real: three minutes.'),
  sign_in_seconds: z
    .int()
    .min(1)
    .default(600)
    .describe('How long a sign-in may take from its first page to its last. Assumed.'),
  tries: z
    .int()
    .min(1)
    .default(5)
    .describe('Wrong passwords, codes or passcodes until a person is locked out. Assumed.'),
  lock_seconds: z
    .int()
    .min(1)
    .default(900)
    .describe('How long a person stays locked out. Assumed.'),
  consent_days: z
    .int()
    .min(0)
    .max(36_500)
    .default(90)
    .describe(
      'How long nobody is asked again for what they agreed to share; 0 asks in each browser. Assumed.',
    ),
  optional_claims: z
    .array(z.enum(optionalNames, { error: 'must be a scope or a claim that may be kept back' }))
    .default(['phone', 'email', 'address', 'vneid:identity', 'vneid:family', 'vneid:documents'])
    .describe(
      'Scopes and claims that a person may keep back, at clients that do not say it. Assumed.',
    ),
  account_level_names: strictObject({ 1: z.string().min(1), 2: z.string().min(1) })
    .default({ 1: 'urn:mock-vneid:level:1', 2: 'urn:mock-vneid:level:2' })
    .describe('The acr value of each account level. Assumed: the real names are not public.'),
  authentication_level_names: strictObject({
    1: z.string().min(1),
    2: z.string().min(1),
    3: z.string().min(1),
    4: z.string().min(1),
  })
    .default({
      1: 'urn:mock-vneid:authentication:1',
      2: 'urn:mock-vneid:authentication:2',
      3: 'urn:mock-vneid:authentication:3',
      4: 'urn:mock-vneid:authentication:4',
    })
    .describe('The acr value of each authentication level (Decree 69/2024 Art. 20). Assumed.'),
})

/** The names of the levels, in the shape the room works with. */
export function levelNamesOf(settings: SignInSettings): LevelNames {
  return {
    account: settings.account_level_names,
    authentication: settings.authentication_level_names,
  }
}
