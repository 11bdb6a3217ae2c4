import * as z from 'zod'
import { nearest, strictObject } from '../kernel/index.ts'
import { isDay } from './dates.ts'
import type { OrganizationEntry, PersonEntry } from './people-file.ts'
import { provinces } from './provinces.ts'

const text = z.string().trim().min(1, 'must not be empty').normalize('NFC')

const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, such as "adult-level-2"',
  )

const day = z.string().refine(isDay, 'must be a day of the calendar, such as "2020-05-17"')

const provinceNames = provinces.today.map((province) => province.name)

const province = text.refine((name) => provinceNames.includes(name), {
  error: ({ input }) => {
    const likely = nearest(String(input), provinceNames)
    return `must be a province of today${likely === undefined ? '' : ` (did you mean "${likely}"?)`}`
  },
})

const address = strictObject({
  street: text.optional(),
  commune: text.optional(),
  province,
})

/** Also judged when something else in the entry is wrong, so that one start shows every problem. */
const always = {
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
}

const years = z.int('must be a whole number of years')

const card = strictObject({
  issued_years_ago: years.min(0, 'must not be negative').optional(),
  issued_on: day.optional(),
  expires_in_years: years.optional(),
  expires_on: day.optional(),
})
  .refine((card) => (card.issued_years_ago === undefined) !== (card.issued_on === undefined), {
    ...always,
    path: ['issued_years_ago'],
    error: 'must be given, or "issued_on" instead, but not both',
  })
  .refine((card) => card.expires_in_years === undefined || card.expires_on === undefined, {
    ...always,
    path: ['expires_in_years'],
    error: 'must not stand beside "expires_on"',
  })

const birthDate = z
  .union([z.int(), z.string()], { error: 'must be a year or a day' })
  .transform(String)
  .refine((date) => /^(19|20|21)\d\d$/.test(date) || (/^(19|20|21)/.test(date) && isDay(date)), {
    error: 'must be a year from 1900 to 2199, or a day such as "1990-05-17"',
  })

const birthday = z
  .string()
  .refine(
    (when) => when === 'today' || when === 'unknown' || (when !== '02-29' && isDay(`2024-${when}`)),
    'must be "today", "unknown" (a year alone) or month and day such as "05-17" (29 February needs "birth_date")',
  )

const account = strictObject({
  level: z.literal([1, 2]),
  state: z.enum(['not-activated', 'active', 'locked', 'cancelled']).default('active'),
  password: z.string(),
  passcode: z.string(),
  device: text.optional(),
})

const membership = strictObject({
  organization: id,
  role: z.enum(['representative', 'authorised', 'staff']),
})

export const personSchema: z.ZodType<PersonEntry> = strictObject({
  id,
  tests: strictObject({ vi: text, en: text }).optional(),
  name: text,
  family_name: text.optional(),
  middle_name: text.optional(),
  given_name: text.optional(),
  kind: z.enum(['citizen', 'foreigner']).default('citizen'),
  sex: z.enum(['male', 'female']),
  age: z.int('must be a whole number of years').min(0, 'must not be negative').optional(),
  birthday: birthday.optional(),
  birth_date: birthDate.optional(),
  number: z.string().optional(),
  nationality: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a country of three letters (ISO 3166-1), such as "VNM"')
    .default('VNM'),
  place_of_origin: text,
  place_of_birth_registration: text.optional(),
  address,
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a number with its country, such as "+84990000001"')
    .optional(),
  email: z.email('must be an e-mail address').optional(),
  passport: text.optional(),
  card: card.optional(),
  previous_numbers: z.array(text).default([]),
  account,
  guardians: z.array(id).default([]),
  ward: z.boolean().default(false),
  memberships: z.array(membership).default([]),
  deceased_days_ago: z.int().min(0, 'must not be negative').optional(),
  unlawful: text.optional(),
})
  .refine((person) => (person.age === undefined) !== (person.birth_date === undefined), {
    ...always,
    path: ['age'],
    error: 'must be given, or "birth_date" instead, but not both',
  })
  .refine((person) => person.birthday === undefined || person.age !== undefined, {
    ...always,
    path: ['birthday'],
    error: 'must stand beside "age" ("birth_date" already has the day)',
  })

export const organizationSchema: z.ZodType<OrganizationEntry> = strictObject({
  id,
  code: text,
  tax_code: z
    .string()
    .regex(/^\d{10}(-\d{3})?$/, 'must be ten digits, and three more after a hyphen for a branch'),
  name: text,
  short_name: text.optional(),
  foreign_name: text.optional(),
  founded_on: day,
  head_office: address,
  state: z.enum(['active', 'locked', 'dissolved']).default('active'),
})
