import * as z from 'zod'
import { nearest, strictObject } from '../../kernel/index.ts'
import { isDay } from '../dates.ts'
import { dropAbsent } from '../drop-absent.ts'
import { provinceNames } from '../invention/index.ts'
import type { AccountState } from '../person.ts'
import { mostPeople } from './population.ts'
import type { ByAge, Shares } from './shares.ts'

/** A population as a settings file says it. */
export interface PopulationSettings {
  size: number
  anchor_day: string
  shares: SharesSettings
}

type YearsAndValues = Readonly<Record<string, number>>

/** Shares as a settings file says them; what is left out is as by default. */
export interface SharesSettings {
  ages?: YearsAndValues | undefined
  male?: YearsAndValues | undefined
  level_two?: YearsAndValues | undefined
  states?: Partial<Record<AccountState, number | undefined>> | undefined
  provinces?: Readonly<Record<string, number>> | undefined
  foreigners?: number | undefined
  single_parents?: number | undefined
  grandparents?: number | undefined
  wards?: number | undefined
  deceased?: YearsAndValues | undefined
  expired_cards?: number | undefined
  without_phone?: YearsAndValues | undefined
  without_email?: number | undefined
  passports?: number | undefined
  year_only?: number | undefined
  old_numbers?: number | undefined
}

const share = z.number().min(0, 'must be a share from 0 to 1').max(1, 'must be a share from 0 to 1')
const weight = z.number().min(0, 'must not be negative')

/** A record whose keys are judged one by one, so that each is reported in words. */
const keyed = (value: z.ZodType<number>, wrong: (key: string) => string | undefined) =>
  z.record(z.string(), value).superRefine((values, context) => {
    for (const key of Object.keys(values)) {
      const message = wrong(key)
      if (message !== undefined) context.addIssue({ code: 'custom', path: [key], message })
    }
  })

const byAge = (value: z.ZodType<number>) =>
  keyed(value, (key) =>
    /^(\d|[1-9]\d|10\d)$/.test(key) ? undefined : 'must be under an age from 0 to 109',
  )

const isSomething = (weights: Readonly<Record<string, number | undefined>>) =>
  Object.values(weights).some((one) => one !== undefined && one > 0)
const someWeight = 'must give some weight more than 0'

function wrongProvince(name: string): string | undefined {
  if (provinceNames.includes(name)) return undefined
  const likely = nearest(name, provinceNames)
  const hint = likely === undefined ? '' : ` (did you mean "${likely}"?)`
  return `must be under a province of today${hint}`
}

const shares: z.ZodType<SharesSettings> = strictObject({
  ages: byAge(weight)
    .refine(isSomething, someWeight)
    .optional()
    .describe('How many people there are from each age to the next. After the census of 2019.'),
  male: byAge(share).optional().describe('How many are male, from each age to the next.'),
  level_two: byAge(share)
    .optional()
    .describe('How many have level 2, from each age to the next; nobody under 6. Assumed.'),
  states: strictObject({
    active: weight.optional(),
    'not-activated': weight.optional(),
    locked: weight.optional(),
    cancelled: weight.optional(),
  })
    .refine(isSomething, someWeight)
    .optional()
    .describe('How many accounts are in each state. Assumed.'),
  provinces: keyed(weight, wrongProvince)
    .refine(isSomething, someWeight)
    .optional()
    .describe('How many people live in each province. After the mergers of 2025.'),
  foreigners: share.optional().describe('With a residence card. Assumed.'),
  single_parents: share.optional().describe('Children who grow up with one parent. Assumed.'),
  grandparents: share.optional().describe('Children who grow up with grandparents. Assumed.'),
  wards: share.max(0.05, 'must be at most 0.05').optional().describe('Of all people. Assumed.'),
  deceased: byAge(share)
    .optional()
    .describe('Who died in the last two years, from each age to the next. Assumed.'),
  expired_cards: share.optional().describe('Of those from 14 on. Assumed.'),
  without_phone: byAge(share).optional().describe('From each age to the next. Assumed.'),
  without_email: share.optional().describe('Of those from 14 on. Assumed.'),
  passports: share.optional().describe('Of citizens from 14 on. Assumed.'),
  year_only: share.optional().describe('Of those from 65 on: no day of birth. Assumed.'),
  old_numbers: share.optional().describe('Of citizens from 21 on: had nine digits. Assumed.'),
})

const isSize = (given: unknown) =>
  Number.isInteger(given) && Number(given) >= 0 && Number(given) <= mostPeople

/** A number as a file says it, or an environment variable, perhaps with the thousands apart. */
const asNumber = (given: unknown) =>
  typeof given === 'string' && /^\d+(_\d+)*$/.test(given)
    ? Number(given.replaceAll('_', ''))
    : given

/** As many as have activated an account: they cost the same as ten. */
const usualSize = 57_900_000

/** The schema of `population:` in the settings file: how many people, or more than that. */
export const populationSettings: z.ZodType<PopulationSettings> = z.preprocess(
  (given, context) => {
    if (given === undefined || (typeof given === 'object' && given !== null)) return given
    if (isSize(asNumber(given))) return { size: given }
    const message = `must be a whole number of people from 0 to ${mostPeople}`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  },
  strictObject({
    size: z
      .preprocess(
        asNumber,
        z
          .int('must be a whole number of people')
          .min(0, 'must not be negative')
          .max(mostPeople, `must be at most ${mostPeople}`),
      )
      .default(usualSize)
      .describe('How many people there are beside the personas. They cost no memory.'),
    anchor_day: z
      .string()
      .refine(
        (day) => isDay(day) && day >= '2010-01-01' && day <= '2199-12-31',
        'must be a day from 2010-01-01 to 2199-12-31',
      )
      .default('2026-01-01')
      .describe('The day on which ages and shares are as they should be.'),
    shares: shares.default({}).describe('What occurs how often.'),
  }),
)

/** The same, as a population wants them. */
export function sharesOf(settings: SharesSettings): Partial<Shares> {
  const { states, provinces } = settings
  return dropAbsent({
    ages: inOrder(settings.ages),
    male: inOrder(settings.male),
    levelTwo: inOrder(settings.level_two),
    states: states && weightsOf(states),
    provinces: provinces && weightsOf(provinces),
    foreigners: settings.foreigners,
    singleParents: settings.single_parents,
    grandparents: settings.grandparents,
    wards: settings.wards,
    deceased: inOrder(settings.deceased),
    expiredCards: settings.expired_cards,
    withoutPhone: inOrder(settings.without_phone),
    withoutEmail: settings.without_email,
    passports: settings.passports,
    yearOnly: settings.year_only,
    oldNumbers: settings.old_numbers,
  })
}

function inOrder(values: YearsAndValues | undefined): ByAge | undefined {
  if (values === undefined) return undefined
  return Object.entries(values)
    .map(([from, value]) => [Number(from), value] as const)
    .toSorted(([one], [other]) => one - other)
}

const weightsOf = <Key extends string>(weights: Partial<Record<Key, number | undefined>>) =>
  Object.entries<number | undefined>(weights).map(
    ([value, weight = 0]) => [weight, value as Key] as const,
  )
