import type { Chance } from './chance.ts'

/**
 * A phone number that, it is assumed, nobody real has: they begin with 0990. The first ten thousand
 * are left to the personas of a file.
 */
export const inventPhone = (chance: Chance): string => phoneNumber(chance.below(phoneCount))

/** How many phone numbers there are to be invented. */
export const phoneCount = 990_000

/** One of them: each below {@link phoneCount} is another. */
export const phoneNumber = (which: number): string => `+84990${digits(10_000 + which, 6)}`

/** The passport number of a citizen begins with X here, that of a foreigner with XX. */
export const inventPassport = (chance: Chance, kind: 'citizen' | 'foreigner'): string =>
  `${kind === 'citizen' ? 'X' : 'XX'}${digits(10_000 + chance.below(9_990_000), 7)}`

/**
 * An identity card number of the old kind, nine digits. Assumed: that those that begin with 000
 * belong to nobody, since the first two digits were a province from 01 on. The first thousand are
 * left to the personas.
 */
export const inventOldNumber = (chance: Chance): string => oldNumber(chance.below(oldNumberCount))

/** How many old numbers there are to be invented. */
export const oldNumberCount = 999_000

/** One of them: each below {@link oldNumberCount} is another. */
export const oldNumber = (which: number): string => `000${digits(1000 + which, 6)}`

const digits = (value: number, count: number) => String(value).padStart(count, '0')
