import { expect, test } from 'vitest'
import { negotiateLanguage } from '../../src/pages/index.ts'

test('a page is in Vietnamese for whoever asks for nothing', () => {
  expect(negotiateLanguage({})).toBe('vi')
})

test.each([
  ['en', 'en'],
  ['en-GB', 'en'],
  ['EN', 'en'],
  ['fr en vi', 'en'],
  ['vi en', 'vi'],
  ['fr de', 'vi'],
  ['', 'vi'],
  ['<script>', 'vi'],
])('a relying party that wishes "%s" gets %s', (uiLocales, language) => {
  expect(negotiateLanguage({ uiLocales })).toBe(language)
})

test("a person's own choice outweighs the relying party's wish", () => {
  expect(negotiateLanguage({ cookie: 'vi', uiLocales: 'en' })).toBe('vi')
  expect(negotiateLanguage({ cookie: 'en', uiLocales: 'vi' })).toBe('en')
})

test('a choice that is no language counts for nothing', () => {
  expect(negotiateLanguage({ cookie: 'xx', uiLocales: 'en' })).toBe('en')
})
