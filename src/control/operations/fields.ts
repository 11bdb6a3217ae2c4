import * as z from 'zod'
import {
  endpoints,
  providerEndpoints,
  type Endpoint,
  type ProviderEndpoint,
} from '../../journal/index.ts'
import type { Step } from '../../signin/index.ts'
import type { Expirable } from '../api.ts'
import { readDuration, readMoment } from '../moments.ts'

/** Text that is there, and not a book. */
export const text: z.ZodString = z.string().min(1, 'must not be empty').max(2000)

/** What is found by its id. A path would lose dots that stand alone. RFC 3986 §5.2.4. */
const id = text.max(500).refine((value) => value !== '.' && value !== '..', {
  error: 'must be more than dots',
})

export const person: z.ZodType<string> = id.describe('The id of a person, or their number.')
export const client: z.ZodType<string> = id.describe('The `client_id` of a relying party.')
export const signIn: z.ZodType<string> = id.describe('The id of a sign-in.')
export const session: z.ZodType<string> = id.describe('The id of a session.')
export const kid: z.ZodType<string> = id.describe('The `kid` of a key.')
export const snapshot: z.ZodType<string> = id.describe('What the snapshot is called.')
export const world: z.ZodType<string> = id.describe('The name of a world.')
export const role: z.ZodType<string> = id.describe(
  'On whose behalf: the id of a child, ward or organisation.',
)

/** Narrows to what belongs to all that is given. */
export const whose: {
  client: z.ZodExactOptional<z.ZodType<string>>
  person: z.ZodExactOptional<z.ZodType<string>>
} = { client: client.exactOptional(), person: person.exactOptional() }

/** How long to wait at most. */
export const patience: { timeoutSeconds: z.ZodExactOptional<z.ZodType<number>> } = {
  timeoutSeconds: z
    .number()
    .min(0)
    .max(120)
    .describe('How long to wait at most, in seconds: 5 without.')
    .exactOptional(),
}

export const limit = (most: number, usual: string): z.ZodExactOptional<z.ZodType<number>> =>
  z.int().min(1).max(most).describe(`How many at most: ${usual} without.`).exactOptional()

export const moment: z.ZodType<string> = z
  .string()
  .refine((value) => readMoment(value) !== undefined, {
    error:
      'must be a date such as "2026-05-17" or a date-time such as "2026-05-17T09:30:00+07:00", of the years 1900 to 2199',
  })
  .describe('An ISO date (midnight in Viet Nam) or date-time (in Viet Nam, unless it says where).')

export const duration: z.ZodType<string | number> = z
  .union([z.string(), z.number()], { error: 'must be a duration such as "90s", "15m", "2h", "3d"' })
  .refine((value) => readDuration(value) !== undefined, {
    error: 'must be a duration such as "90s", "15m", "2h", "3d", or milliseconds, not negative',
  })
  .describe('`90s`, `15m`, `2h`, `3d`, or a number of milliseconds.')

export const journey: z.ZodType<'full' | 'short'> = z.enum(['full', 'short'])

/** Any JSON object. */
export const record: z.ZodRecord<z.ZodString, z.ZodUnknown> = z.record(z.string(), z.unknown())

export const step: z.ZodType<Step> = z.enum([
  'select-account',
  'identify',
  'second-factor',
  'role',
  'face',
  'consent',
  'passcode',
  'approved',
  'refused',
])

/** Where something happened. */
export const endpoint: z.ZodType<Endpoint> = z.enum(endpoints)

/** Where the provider answers. */
export const providerEndpoint: z.ZodType<ProviderEndpoint> = z.enum(providerEndpoints)

export const expirable: z.ZodType<Expirable> = z.enum([
  'authorization code',
  'access token',
  'refresh token',
  'session',
  'sign-in',
  'sign-in code',
  'lock',
  'consent',
])
