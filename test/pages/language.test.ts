import { describe, expect, test } from 'vitest'
import { languageAsked, negotiateLanguage } from '../../src/pages/index.ts'

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

describe('what is remembered of a relying party’s wish', () => {
  test('is the language that it got, until the person chooses one', () => {
    expect(languageAsked({ uiLocales: 'fr en-GB' })).toBe('en-asked')
    expect(languageAsked({ uiLocales: 'en', cookie: 'vi-asked' })).toBe('en-asked')
    expect(languageAsked({ uiLocales: 'en', cookie: 'xx' })).toBe('en-asked')
    expect(languageAsked({ uiLocales: 'en', cookie: 'vi' })).toBeUndefined()
  })

  test('is nothing where nothing new was wished', () => {
    expect(languageAsked({})).toBeUndefined()
    expect(languageAsked({ uiLocales: 'fr' })).toBeUndefined()
    expect(languageAsked({ uiLocales: 'en', cookie: 'en-asked' })).toBeUndefined()
  })

  test('counts where nothing is wished, and less than the next wish', () => {
    expect(negotiateLanguage({ cookie: 'en-asked' })).toBe('en')
    expect(negotiateLanguage({ cookie: 'en-asked', uiLocales: 'vi' })).toBe('vi')
  })
})
