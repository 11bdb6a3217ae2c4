import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'
import { documentWishesSchema } from './documents-schema.ts'
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
} from './person-values.ts'
import type { NewPerson, PersonWishes } from './wishes.ts'

/** What may be taken away. */
const orNull = <T>(schema: z.ZodType<T>) => z.nullable(schema).exactOptional()

const card = strictObject({ issuedOn: day, expiresOn: day.exactOptional() })

const wishes = {
  name: text.exactOptional(),
  familyName: text.exactOptional(),
  middleName: orNull(text),
  givenName: text.exactOptional(),
  kind: kind.exactOptional(),
  sex: sex.exactOptional(),
  age: age.exactOptional(),
  birthday: birthday('birthDate').exactOptional(),
  birthDate: z.string().refine(isBirthDate, birthDateForm).exactOptional(),
  number: z.string().exactOptional(),
  nationality: country.exactOptional(),
  placeOfOrigin: text.exactOptional(),
  placeOfBirthRegistration: text.exactOptional(),
  province: province.exactOptional(),
  address: strictObject({
    street: text.exactOptional(),
    commune: text.exactOptional(),
    province: province.exactOptional(),
  }).exactOptional(),
  phone: orNull(phone),
  phoneHolderId: orNull(id),
  email: orNull(email),
  passport: orNull(text),
  card: orNull(card),
  previousNumbers: z.array(text).exactOptional(),
  level: level.exactOptional(),
  state: accountState.exactOptional(),
  password: z.string().exactOptional(),
  passcode: z.string().exactOptional(),
  device: orNull(text),
  guardians: z.array(id).exactOptional(),
  isWard: z.boolean().exactOptional(),
  memberships: z.array(strictObject({ organizationId: id, role })).exactOptional(),
  documents: orNull(documentWishesSchema),
  deceasedOn: orNull(day),
  unlawful: text.exactOptional(),
}

/** Also judged when something else in the wishes is wrong, so that one answer shows everything. */
const always = {
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
}

/** Wishes that contradict each other. */
const agreeing = <T extends PersonWishes>(schema: z.ZodType<T>): z.ZodType<T> =>
  schema
    .refine(({ age, birthDate }) => age === undefined || birthDate === undefined, {
      ...always,
      path: ['age'],
      error: 'must not stand beside "birthDate"',
    })
    .refine(({ birthday, age }) => birthday === undefined || age !== undefined, {
      ...always,
      path: ['birthday'],
      error: 'must stand beside "age" ("birthDate" already has the day)',
    })
    .refine(({ province, address }) => !province || !address?.province, {
      ...always,
      path: ['province'],
      error: 'must not stand beside "address.province", which it is short for',
    })

/** What may be changed of a person. */
export const personWishesSchema: z.ZodType<PersonWishes> = agreeing(strictObject(wishes))

/** What may be asked of a new person. */
export const newPersonSchema: z.ZodType<NewPerson> = agreeing(
  strictObject({ id: ownId.exactOptional(), ...wishes }),
)
