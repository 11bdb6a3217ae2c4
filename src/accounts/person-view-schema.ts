import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'
import { documentsSchema } from './documents-schema.ts'
import { accountState, day, kind, level, role, sex } from './person-values.ts'
import type { Person } from './person.ts'

const strings = z.array(z.string())

/** A person as every door of the control shows them. */
export const personViewSchema: z.ZodType<Person> = strictObject({
  id: z.string(),
  sub: z.string(),
  kind,
  number: z.string(),
  name: z.string(),
  familyName: z.string(),
  middleName: z.string().exactOptional(),
  givenName: z.string(),
  previousNames: strings.exactOptional(),
  birthDate: z.string(),
  age: z.int(),
  sex,
  nationality: z.string(),
  placeOfOrigin: z.string(),
  placeOfBirthRegistration: z.string(),
  address: strictObject({
    street: z.string().exactOptional(),
    commune: z.string().exactOptional(),
    province: z.string(),
  }),
  phone: z.string().exactOptional(),
  phoneHolderId: z.string().exactOptional(),
  email: z.string().exactOptional(),
  passport: z.string().exactOptional(),
  card: strictObject({ issuedOn: day, expiresOn: day.exactOptional() }).exactOptional(),
  previousNumbers: strings,
  account: strictObject({
    level,
    state: accountState,
    password: z.string(),
    passcode: z.string(),
    device: z.string().exactOptional(),
  }),
  guardianIds: strings,
  dependantIds: strings,
  isWard: z.boolean(),
  memberships: z.array(strictObject({ organizationId: z.string(), role })),
  documents: documentsSchema.exactOptional(),
  deceasedOn: day.exactOptional(),
  updatedAt: z.number(),
  tests: strictObject({ vi: z.string(), en: z.string() }).exactOptional(),
})
