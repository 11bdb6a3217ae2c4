import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'

/** How tokens are issued and what is announced, as the settings file says it. */
export interface ProviderSettings {
  discovery: 'plain' | 'full'
  automatic_sign_in: boolean
  authorization_code_seconds: number
  access_token_seconds: number
  id_token_seconds: number
  refresh_token_seconds: number
  session_seconds: number
  headless_session_seconds: number
}

const seconds = (fallback: number) => z.int().min(1).default(fallback)

/** The schema of `provider:` in the settings file. */
export const providerSettings: z.ZodType<ProviderSettings> = strictObject({
  discovery: z
    .enum(['plain', 'full'])
    .default('plain')
    .describe('What discovery lists: what the real service is known to offer, or everything.'),
  automatic_sign_in: z
    .boolean()
    .default(true)
    .describe(
      'Whether login_hint=auto:, the cookie mock_vneid_as and auto_sign_in of a client sign in without a page.',
    ),
  authorization_code_seconds: seconds(60).describe(
    'How long an authorization code is valid. Real: seconds. Assumed.',
  ),
  access_token_seconds: seconds(600).describe('How long an access token is valid. Assumed.'),
  id_token_seconds: seconds(600).describe('How long an ID token is valid. Assumed.'),
  refresh_token_seconds: seconds(14 * 24 * 3600).describe(
    'How long refresh tokens are valid, counted from the sign-in: a new one lives no longer. Assumed.',
  ),
  session_seconds: seconds(24 * 3600).describe(
    'How long a browser stays signed in after it was last seen. Assumed.',
  ),
  headless_session_seconds: seconds(600).describe(
    'How long a sign-in without a page stays known, so that thousands leave nothing behind.',
  ),
})
