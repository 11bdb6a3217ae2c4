import { provinces, unrealPrefixes, type Province } from '../provinces.ts'

/** The 34 provinces there are since 1 July 2025, without the made-up ones. */
export const provincesToday: readonly Province[] = provinces.today.filter(
  ({ prefixes: [first = ''] }) => !unrealPrefixes.includes(first),
)

/**
 * Where names and words differ: `centre` is from Thanh Hóa to Huế, `coast` from Đà Nẵng down to
 * where the `south` begins.
 */
export type Region = 'mountains' | 'north' | 'centre' | 'coast' | 'highlands' | 'south'

const mountains = ['04', '08', '11', '12', '14', '15', '20']
const highlands = ['52', '66', '68']

const centre = ['38', '40', '42', '44', '46']
const coast = ['48', '51', '56']

/** Codes run from north to south. */
const southFrom = 75

export function regionOf(province: string): Region {
  const code = provincesToday.find(({ name }) => name === province)?.code ?? '01'
  if (mountains.includes(code)) return 'mountains'
  if (highlands.includes(code)) return 'highlands'
  if (centre.includes(code)) return 'centre'
  if (coast.includes(code)) return 'coast'
  return Number(code) >= southFrom ? 'south' : 'north'
}
