import type * as z from 'zod'
import { strictObject } from '../kernel/index.ts'
import { age, day, years } from './person-values.ts'
import type { ValidityEntry } from './validity.ts'

/** Also judged when something else in the entry is wrong, so that one start shows every problem. */
const always = {
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
}

const validity: Record<keyof ValidityEntry, z.ZodType> = {
  issued_years_ago: age.optional(),
  issued_on: day.optional(),
  expires_in_years: years.optional(),
  expires_on: day.optional(),
}

/** A card or document with these keys, that says since when it is valid, and maybe until when. */
export const dated = <Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): z.ZodType<z.infer<z.ZodObject<Shape>> & ValidityEntry> =>
  strictObject({ ...shape, ...validity })
    .refine((entry) => says(entry, 'issued_years_ago') !== says(entry, 'issued_on'), {
      ...always,
      path: ['issued_years_ago'],
      error: 'must be given, or "issued_on" instead, but not both',
    })
    .refine((entry) => !(says(entry, 'expires_in_years') && says(entry, 'expires_on')), {
      ...always,
      path: ['expires_in_years'],
      error: 'must not stand beside "expires_on"',
    }) as unknown as z.ZodType<z.infer<z.ZodObject<Shape>> & ValidityEntry>

const says = (entry: unknown, key: keyof ValidityEntry) =>
  (entry as ValidityEntry)[key] !== undefined
