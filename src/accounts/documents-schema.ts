import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'
import type { DocumentsEntry } from './documents.ts'
import { day, text } from './person-values.ts'
import type { Documents } from './person.ts'
import type { DocumentWishes } from './wishes.ts'
import { dated } from './validity-schema.ts'

/** Digits are texts here too: a number may begin with zeros. */
export const documentsEntrySchema: z.ZodType<DocumentsEntry> = strictObject({
  health_insurance: dated({ number: text, place_of_care: text.optional() }).optional(),
  social_insurance: strictObject({ number: text.optional() }).optional(),
  driving_licence: dated({ number: text, class: text }).optional(),
  vehicles: z.array(dated({ plate: text, kind: text, make: text.optional() })).optional(),
  health_book: dated({ number: text }).optional(),
  judicial_record: dated({ number: text, has_convictions: z.boolean() }).optional(),
  tax: strictObject({ code: text.optional() }).optional(),
  benefits_account: strictObject({ bank: text, account_number: text }).optional(),
})

/** Where a file says something of documents, as dots join it: `vehicles.0.plate` of the first. */
export const documentPlaces: readonly string[] = placesIn(documentsEntrySchema)

function placesIn(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodOptional) return placesIn(schema.unwrap())
  if (schema instanceof z.ZodArray) return placesIn(schema.element).map((place) => `0.${place}`)
  if (!(schema instanceof z.ZodObject)) return ['']
  return Object.entries(schema.shape as z.core.$ZodShape).flatMap(([key, part]) =>
    placesIn(part).map((place) => (place === '' ? key : `${key}.${place}`)),
  )
}

const days = { issuedOn: day, expiresOn: day.exactOptional() }

const documents = {
  healthInsurance: strictObject({ number: text, placeOfCare: text.exactOptional(), ...days }),
  socialInsurance: strictObject({ number: text }),
  drivingLicence: strictObject({ number: text, class: text, ...days }),
  vehicles: z.array(strictObject({ plate: text, kind: text, make: text.exactOptional(), ...days })),
  healthBook: strictObject({ number: text, ...days }),
  judicialRecord: strictObject({ number: text, hasConvictions: z.boolean(), ...days }),
  tax: strictObject({ code: text }),
  benefitsAccount: strictObject({ bank: text, accountNumber: text }),
} satisfies Record<keyof Documents, z.ZodType>

const each = (change: (schema: z.ZodType) => z.ZodType) =>
  strictObject(
    Object.fromEntries(Object.entries(documents).map(([name, schema]) => [name, change(schema)])),
  )

/** Documents as the doors of the control show them. */
export const documentsSchema: z.ZodType<Documents> = each((schema) => z.exactOptional(schema))

/** Those that somebody wishes to be there, or not to be. */
export const documentWishesSchema: z.ZodType<DocumentWishes> = each((schema) =>
  z.exactOptional(z.nullable(schema)),
)
