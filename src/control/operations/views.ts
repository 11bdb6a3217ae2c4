import * as z from 'zod'
import { faultNames } from '../../faults/index.ts'
import { strictObject } from '../../kernel/index.ts'
import type { JournalEntry } from '../../journal/index.ts'
import type { AnswerProblem, Refusal } from '../../signin/index.ts'
import type * as api from '../api.ts'
import { endpoint, providerEndpoint, step } from './fields.ts'
import type { FieldsOf } from './operation.ts'

/** The schema of a reply, by the name that it has in the OpenAPI document. */
const view = <T>(name: string, fields: FieldsOf<T>): z.ZodType<T> =>
  strictObject(fields as unknown as Record<string, z.ZodType>).meta({
    id: name,
  }) as unknown as z.ZodType<T>

const text = z.string()
const optional = text.exactOptional()
const time = text.describe("ISO 8601, UTC, by the world's clock.")
const record = z.record(text, z.unknown())

export const clockView: z.ZodType<api.ClockView> = view('Clock', {
  now: time,
  isFrozen: z.boolean(),
  aheadMs: z.number().describe('How far it is ahead of real time; behind when negative.'),
  stamps: z.enum(['real', 'world']),
})

export const worldView: z.ZodType<api.WorldView> = view('World', {
  name: text,
  issuer: text,
  clock: clockView,
  seed: optional,
})

export const journalEntry: z.ZodType<JournalEntry> = view('JournalEntry', {
  id: text,
  at: time,
  endpoint,
  method: optional,
  path: optional,
  status: z.int().exactOptional(),
  clientId: optional,
  personId: optional,
  signInId: optional,
  asked: record,
  decided: text,
  isOk: z.boolean(),
  why: strictObject({ rule: text, source: optional }).exactOptional(),
  durationMs: z.number().exactOptional(),
})

export const cookie: z.ZodType<api.Cookie> = view('Cookie', {
  name: text,
  value: text,
  domain: text,
  path: text,
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(['Lax', 'Strict', 'None']),
})

export const signInResult: z.ZodType<api.SignInResult> = view('SignInResult', {
  signInId: text,
  callbackUrl: text,
  code: text,
  codeVerifier: text,
  redirectUri: text,
  accessToken: optional,
  idToken: optional,
  refreshToken: optional,
  scope: optional,
  expiresIn: z.number().describe('In seconds.').exactOptional(),
  claims: record.describe('Of the ID token and of userinfo together.').exactOptional(),
  cookies: z.array(cookie),
  journal: z.array(journalEntry),
})

const refusal: z.ZodType<Refusal> = z.enum([
  'account_not_activated',
  'account_locked',
  'account_cancelled',
  'card_expired',
  'deceased',
  'guardian_unable',
  'cancelled',
  'consent_refused',
  'expired',
  'locked_out',
  'role_not_allowed',
  'level_too_low',
])

const answerProblem: z.ZodType<AnswerProblem> = strictObject({
  field: z.enum(['number', 'password', 'code', 'role', 'agree', 'passcode']),
  code: z.enum([
    'number_missing',
    'number_malformed',
    'password_missing',
    'number_or_password_wrong',
    'code_missing',
    'code_wrong',
    'code_expired',
    'role_missing',
    'agree_missing',
    'claim_not_optional',
    'passcode_missing',
    'passcode_wrong',
  ]),
  triesLeft: z.int().exactOptional(),
})

export const signInView: z.ZodType<api.SignInView> = view('SignIn', {
  id: text,
  clientId: text,
  step,
  personId: optional,
  subjectId: optional,
  problem: answerProblem.describe('What was wrong with the last answer.').exactOptional(),
  refusal: refusal.exactOptional(),
  beganAt: time,
  expiresAt: time,
  code: text.describe('The sign-in code that was last sent.').exactOptional(),
})

export const message: z.ZodType<api.Message> = view('Message', {
  id: text,
  at: time,
  signInId: text,
  clientId: text,
  personId: text,
  phoneOf: text.describe("On whose phone it arrived: a child's on a parent's or guardian's."),
  phone: optional,
  channel: z.enum(['app', 'sms']),
  code: text,
})

export const keyView: z.ZodType<api.KeyView> = view('Key', {
  kid: text,
  alg: text,
  isSigning: z.boolean(),
  isInherited: z.boolean(),
})

export const faultView: z.ZodType<api.FaultView> = view('Fault', {
  id: text,
  fault: z.enum(faultNames),
  endpoint: providerEndpoint.exactOptional(),
  clientId: optional,
  personId: optional,
  signInId: optional,
  status: z.int().exactOptional(),
  delayMs: z.int().exactOptional(),
  times: z.int(),
})

export const sessionView: z.ZodType<api.SessionView> = view('Session', {
  id: text,
  personId: optional,
  clients: z.array(strictObject({ clientId: text, sid: optional, subjectId: optional })),
  acr: optional,
  amr: z.array(text).exactOptional(),
  signedInAt: time.exactOptional(),
  expiresAt: time.exactOptional(),
})

export const logoutDelivery: z.ZodType<api.LogoutDelivery> = view('LogoutDelivery', {
  clientId: text,
  isDelivered: z.boolean(),
  problem: optional,
})

export const mintedTokens: z.ZodType<api.MintedTokens> = view('MintedTokens', {
  accessToken: text,
  idToken: text,
  expiresIn: z.number().describe('In seconds.'),
  scope: text,
})

export const worldEvent: z.ZodType<api.WorldEvent> = z
  .union([
    strictObject({ type: z.literal('journal'), entry: journalEntry }),
    strictObject({ type: z.literal('message'), message }),
  ])
  .meta({ id: 'WorldEvent' })
