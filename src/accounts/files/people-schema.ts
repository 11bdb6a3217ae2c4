import * as z from 'zod'
import { strictObject } from '../../kernel/index.ts'
import type { OrganizationEntry, PersonEntry } from '../people-file.ts'
import { documentsEntrySchema } from '../documents-schema.ts'
import {
  accountState,
  age,
  birthDateForm,
  birthday,
  country,
  day,
  email,
  id,
  isBirthDate,
  kind,
  level,
  ownId,
  phone,
  province,
  role,
  sex,
  text,
} from '../person-values.ts'
import { dated } from '../validity-schema.ts'

const address = strictObject({
  street: text.optional(),
  commune: text.optional(),
  province,
})

/** Also judged when something else in the entry is wrong, so that one start shows every problem. */
const always = {
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
}

const birthDate = z
  .union([z.int(), z.string()], { error: 'must be a year or a day' })
  .transform(String)
  .refine(isBirthDate, birthDateForm)

const daysAgo = z.int().min(0, 'must not be negative')

const account = strictObject({
  level,
  state: accountState.default('active'),
  password: z.string(),
  passcode: z.string(),
  device: text.optional(),
})

const membership = strictObject({
  organization: id,
  role,
})

const person = {
  id: ownId,
  tests: strictObject({ vi: text, en: text }).optional(),
  name: text,
  previous_names: z.array(text).optional(),
  family_name: text.optional(),
  middle_name: text.optional(),
  given_name: text.optional(),
  kind: kind.default('citizen'),
  sex,
  age: age.optional(),
  birthday: birthday('birth_date').optional(),
  birth_date: birthDate.optional(),
  number: z.string().optional(),
  nationality: country.default('VNM'),
  place_of_origin: text,
  place_of_birth_registration: text.optional(),
  address,
  phone: phone.optional(),
  phone_holder: id.optional(),
  email: email.optional(),
  passport: text.optional(),
  card: dated({}).optional(),
  previous_numbers: z.array(text).default([]),
  account,
  guardians: z.array(id).default([]),
  ward: z.boolean().default(false),
  memberships: z.array(membership).default([]),
  documents: documentsEntrySchema.optional(),
  deceased_days_ago: daysAgo.optional(),
  updated_days_ago: daysAgo.optional(),
  unlawful: text.optional(),
}

export const personSchema: z.ZodType<PersonEntry> = strictObject(person)
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
  .refine((person) => person.phone_holder === undefined || person.phone !== undefined, {
    ...always,
    path: ['phone_holder'],
    error: 'must stand beside "phone", which is in their name',
  })

const organization = {
  id: ownId,
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
}

export const organizationSchema: z.ZodType<OrganizationEntry> = strictObject(organization)

export const personKeys: readonly string[] = Object.keys(person)
export const organizationKeys: readonly string[] = Object.keys(organization)
