import * as z from 'zod'
import { nearest } from '../kernel/index.ts'
import { isDay } from './dates.ts'
import type { AccountState, Level, Membership, Person, Sex } from './person.ts'
import { provinces } from './provinces.ts'

export const text: z.ZodType<string> = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .normalize('NFC')

export const id: z.ZodType<string> = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, such as "adult-level-2"',
  )

/** Of somebody who is not in a population: there, everyone is called by a number. */
export const ownId: z.ZodType<string> = id.refine((text) => !/^p-\d+$/.test(text), {
  error: 'must not be "p-" and a number, which is how a population calls its people',
})

export const day: z.ZodType<string> = z
  .string()
  .refine(isDay, 'must be a day of the calendar, such as "2020-05-17"')

const provinceNames = provinces.today.map((province) => province.name)

export const province: z.ZodType<string> = text.refine((name) => provinceNames.includes(name), {
  error: ({ input }) => {
    const likely = nearest(String(input), provinceNames)
    return `must be a province of today${likely === undefined ? '' : ` (did you mean "${likely}"?)`}`
  },
})

export const years: z.ZodInt = z.int('must be a whole number of years')

export const age: z.ZodInt = years.min(0, 'must not be negative')

/** A year where only that is known, or a day, born when a personal number can say it. */
export const isBirthDate = (date: string): boolean =>
  /^(19|20|21)\d\d$/.test(date) || (/^(19|20|21)/.test(date) && isDay(date))

export const birthDateForm = 'must be a year from 1900 to 2199, or a day such as "1990-05-17"'

/** @param otherKey What says the whole birth date instead. */
export const birthday = (otherKey: string): z.ZodType<string> =>
  z
    .string()
    .refine(
      (when) =>
        when === 'today' || when === 'unknown' || (when !== '02-29' && isDay(`2024-${when}`)),
      `must be "today", "unknown" (a year alone) or month and day such as "05-17" (29 February needs "${otherKey}")`,
    )

export const country: z.ZodType<string> = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a country of three letters (ISO 3166-1), such as "VNM"')

export const phone: z.ZodType<string> = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be a number with its country, such as "+84990000001"')

export const email: z.ZodType<string> = z.email('must be an e-mail address')

export const kind: z.ZodType<Person['kind']> = z.enum(['citizen', 'foreigner'])
export const sex: z.ZodType<Sex> = z.enum(['male', 'female'])
export const level: z.ZodType<Level> = z.literal([1, 2])
export const accountState: z.ZodType<AccountState> = z.enum([
  'not-activated',
  'active',
  'locked',
  'cancelled',
])
export const role: z.ZodType<Membership['role']> = z.enum(['representative', 'authorised', 'staff'])
