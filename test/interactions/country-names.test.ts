import { expect, test } from 'vitest'
import { countryName } from '../../src/interactions/country-names.ts'

test.each([
  ['VNM', 'Việt Nam', 'Vietnam'],
  ['DEU', 'Đức', 'Germany'],
  ['AFG', 'Afghanistan', 'Afghanistan'],
  ['ZWE', 'Zimbabwe', 'Zimbabwe'],
])('the country %s is %s, or %s', (code, vi, en) => {
  expect([countryName(code, 'vi'), countryName(code, 'en')]).toEqual([vi, en])
})

test.each(['XXA', 'VN', '', 'AFG AF', 'GAF'])(
  '"%s" is no country, and is shown as it is',
  (code) => {
    expect(countryName(code, 'vi')).toBe(code)
  },
)
