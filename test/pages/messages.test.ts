import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scopeClaims } from '../../src/accounts/index.ts'
import { loadMessages } from '../../src/pages/messages.ts'
import { viewsRoot } from './render.ts'

const vi = loadMessages(viewsRoot, 'vi')
const en = loadMessages(viewsRoot, 'en')

const needs = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .toSorted((a, b) => a.localeCompare(b))
    .join(' ')
const anything = new Proxy({}, { get: (_, name) => `{${String(name)}}` })

describe('the two languages', () => {
  test('have the same keys', () => {
    expect(en.keys().toSorted()).toEqual(vi.keys().toSorted())
  })

  test('need the same values for each text', () => {
    const uneven = vi
      .keys()
      .filter((key) => needs(vi.text(key, anything)) !== needs(en.text(key, anything)))

    expect(uneven).toEqual([])
  })

  /** Texts that are Vietnamese in both languages. */
  const properNames = ['portal.name']

  test('have no empty text and none left in Vietnamese', () => {
    const letters = /[ăâđêôơưàảãạáằẳẵặắầẩẫậấèẻẽẹéềểễệếìỉĩịíòỏõọóồổỗộốờởỡợớùủũụúừửữựứỳỷỹỵý]/i
    const wrong = en.keys().filter((key) => {
      const text = en.text(key, anything).replace('NĐ-CP', '')
      return text.trim() === '' || (letters.test(text) && !properNames.includes(key))
    })

    expect(wrong).toEqual([])
  })
})

describe('the Vietnamese words', () => {
  const texts = vi.keys().map((key) => vi.text(key, anything))

  test.each([
    ['a level has two digits', /(?:[Mm]ức|mức độ) (?:[1-4](?!\d)|\{)/],
    ['a guardian stands beside father and mother', /(?<!cha, mẹ hoặc )người giám hộ/i],
    ['a button is pressed by one verb', /\bbấm\b/i],
    ['a response is no answer', /câu trả lời|trả lời rồi/i],
  ])('are even: %s', (_what, uneven) => {
    expect(texts.filter((text) => uneven.test(text))).toEqual([])
  })
})

describe('no text', () => {
  test.each([vi, en])('sends anybody to the police for more than to unlock', (messages) => {
    const texts = messages.keys().map((key) => messages.text(key, anything))
    const police = texts.filter((text) => /police|công an/.test(text))

    expect(police.filter((text) => !/unlock|mở khóa/i.test(text))).toEqual([])
  })

  test.each([vi, en])('promises a way in that is not there', (messages) => {
    expect(messages.text('identify.qr_absent')).not.toMatch(/later|comes|sẽ có/)
  })
})

describe('the keys that pages and rooms use', () => {
  const templates = readdirSync(viewsRoot, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.eta'),
  )

  test.each(templates)('are all there for %s', (file) => {
    const source = readFileSync(join(viewsRoot, file), 'utf8')
    const used = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key)

    expect(used.filter((key) => !vi.has(key))).toEqual([])
  })

  const closedSets = {
    asks: 'identity profile phone email address vneid vneid:identity vneid:family vneid:organization vneid:documents',
    step: 'sign-in code role share passcode face',
    step_state: 'done current ahead',
    state: 'active not-activated locked cancelled',
    problem:
      'number_or_password_wrong code_wrong code_expired passcode_wrong agree_missing claim_not_optional role_missing number_missing password_missing code_missing passcode_missing number_malformed',
    notice: 'code_sent_app code_sent_sms form_used other_tab',
    over: 'unknown.heading unknown.message unknown.advice finished.heading finished.message finished.advice restarted.heading restarted.message restarted.advice',
    part: 'issued_on expires_on birthdate personal_id_number confirmed id tax_code role number place_of_care class plate kind make has_convictions code bank account_number',
    claims: Object.values(scopeClaims).flat().join(' '),
    error: [
      'bad_request',
      'not_found',
      'method_not_allowed',
      'forbidden',
      'too_large',
      'server_error',
      'unavailable',
      'unclear',
      'full',
    ]
      .flatMap((kind) => ['heading', 'message', 'advice'].map((part) => `${kind}.${part}`))
      .join(' '),
  }

  test.each(Object.entries(closedSets))('are all there for every %s', (group, names) => {
    expect(names.split(' ').filter((name) => !vi.has(`${group}.${name}`))).toEqual([])
  })

  test.each([
    'cancelled',
    'consent_refused',
    'expired',
    'locked_out',
    'account_not_activated',
    'account_locked',
    'account_cancelled',
    'card_expired',
    'deceased',
    'guardian_unable',
    'role_not_allowed',
    'level_too_low',
  ])('say for a sign-in that was refused as %s what happened and what to do', (reason) => {
    expect(vi.has(`refused.${reason}.message`)).toBe(true)
    expect(vi.has(`refused.${reason}.advice`)).toBe(true)
  })
})

describe('a text', () => {
  test('has its values filled in', () => {
    expect(vi.text('problem.code_wrong', { triesLeft: 4 })).toBe(
      'Mã xác nhận không đúng. Bạn còn 4 lần thử.',
    )
  })

  test('that does not exist is refused by name', () => {
    expect(() => en.text('problem.codewrong')).toThrow(
      expect.objectContaining({
        code: 'ERR_VIEW_BROKEN',
        message:
          'view "locales/en.yaml" must have the key "problem.codewrong", got none. Mend it under "views/".',
      }),
    )
  })

  test('that lacks a value is refused rather than shown with a hole', () => {
    expect(() => vi.text('problem.code_wrong')).toThrow(
      expect.objectContaining({
        code: 'ERR_VIEW_BROKEN',
        message:
          'view "locales/vi.yaml" needs a "triesLeft" for "problem.code_wrong", got none. Mend it under "views/".',
      }),
    )
  })
})

describe('a file of messages', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'messages-'))
    mkdirSync(join(folder, 'locales'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('that is absent or not YAML is refused', () => {
    const refusal = expect.objectContaining({
      code: 'ERR_VIEW_BROKEN',
      message: 'view "locales/vi.yaml" cannot be read as YAML. Mend it under "views/".',
    })

    expect(() => loadMessages(folder, 'vi')).toThrow(refusal)
    writeFileSync(join(folder, 'locales/vi.yaml'), 'a: [')
    expect(() => loadMessages(folder, 'vi')).toThrow(refusal)
  })

  test('that holds something other than text is refused', () => {
    writeFileSync(join(folder, 'locales/vi.yaml'), 'a:\n  b: 12\n')

    expect(() => loadMessages(folder, 'vi')).toThrow(
      'view "locales/vi.yaml" must have a text at "a.b", got number.',
    )
  })
})
