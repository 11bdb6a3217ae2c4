import type * as z from 'zod'
import {
  criteriaSchema as criteria,
  newPersonSchema as newPerson,
  personViewSchema as personView,
  personWishesSchema as personWishes,
  type PeopleCriteria,
  type NewPerson,
  type Person,
  type PersonWishes,
} from '../../accounts/index.ts'
import {
  newRelyingPartySchema as newRelyingParty,
  relyingPartyChangeSchema as relyingPartyChange,
  relyingPartySchema,
  type RelyingParty,
} from '../../clients/index.ts'

/** A schema of another room, by the name that it has in the OpenAPI document. */
const named = <T>(name: string, schema: z.ZodType<T>): z.ZodType<T> => schema.meta({ id: name })

export const criteriaSchema: z.ZodType<PeopleCriteria> = named('PeopleCriteria', criteria)
export const newPersonSchema: z.ZodType<NewPerson> = named('NewPerson', newPerson)
export const personWishesSchema: z.ZodType<PersonWishes> = named('PersonWishes', personWishes)
export const personViewSchema: z.ZodType<Person> = named('Person', personView)

export const newRelyingPartySchema: z.ZodType<Partial<RelyingParty>> = named(
  'NewRelyingParty',
  newRelyingParty,
)
export const relyingPartyChangeSchema: z.ZodType<Readonly<Record<string, unknown>>> = named(
  'RelyingPartyChange',
  relyingPartyChange,
)
export const relyingPartyView: z.ZodType<RelyingParty> = named('RelyingParty', relyingPartySchema)
