import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPages, languages } from '../../src/pages/index.ts'
import { pages, render, viewsRoot } from './render.ts'
import { samples } from './samples.ts'

const every = Object.keys(samples)

test('there is a sample of every page', () => {
  const views = readdirSync(viewsRoot, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) =>
      /^(home|form-post|shared-data|sign-in\/[^/]+|sign-out\/[^/]+|errors\/[^/]+)\.eta$/.test(file),
    )
    .map((file) => file.replace('.eta', ''))

  expect(new Set(Object.values(samples).map(({ view }) => view))).toEqual(new Set(views))
})

describe.each(languages)('a page in %s', (language) => {
  test.each(every)('carries the mark of the simulation: %s', (sample) => {
    expect(render(sample, language).html).toContain('MÔ PHỎNG – không phải VNeID thật')
  })

  test.each(every)('says its language and has a title and a heading: %s', (sample) => {
    const { html } = render(sample, language)

    expect(html).toMatch(new RegExp(`^\\s*<!doctype html>\\s*<html lang="${language}">`))
    expect(html).toMatch(/<title>[^<]+ · Mock VNeID<\/title>/)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).not.toMatch(/undefined|\[object Object\]|NaN/)
  })

  test('offers the other language', () => {
    const other = language === 'vi' ? 'en' : 'vi'

    expect(render('sign-in/identify', language).html).toContain(`href="?language=${other}"`)
  })
})

describe('a form', () => {
  const steps = every.filter((name) => /sign-in\/(?!over)/.test(name))

  test.each(steps)('is single-use, and Enter presses the default: %s', (sample) => {
    const { html } = render(sample)
    const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? []

    expect(forms).not.toHaveLength(0)
    for (const form of forms)
      expect(form).toContain('<input type="hidden" name="form" value="f-1">')
    expect(forms[0]).toMatch(
      /^(?:(?!<button)[\s\S])*<button[^>]* name="do" value="(continue|leave)"/,
    )
  })

  test('has no script, no style and no handler beside the one of form-post', () => {
    const scripted = every.filter((name) =>
      /<script|<style|\son\w+=|\sstyle=/.test(render(name).html),
    )

    expect(scripted).toEqual(['form-post'])
  })

  test('asks for a code as telephones and password keepers expect', () => {
    const [input] =
      /<input[^>]*name="code"[^>]*>/.exec(render('sign-in/second-factor, wrong').html) ?? []

    expect(input).toMatch(/autocomplete="one-time-code".*inputmode="numeric"/)
    expect(input).toMatch(/aria-describedby="code-problem code-hint" aria-invalid="true" autofocus/)
  })

  test.each(steps)('takes a number with the spaces that it is read out with: %s', (sample) => {
    expect(render(sample).html).not.toContain('maxlength')
  })
})

describe('what a page says', () => {
  test('of a demo portal is said only where there is one', () => {
    const demoPortal = /demo portal|cổng minh họa/

    for (const language of languages) {
      expect(render('home', language).html).toMatch(demoPortal)
      expect(render('home, without a portal', language).html).not.toMatch(demoPortal)
    }
  })

  test('in the words of a specification is marked as English', () => {
    expect(render('errors/error', 'vi').html).toContain(
      '<span lang="en">missing required parameter &#39;redirect_uri&#39;</span>',
    )
  })
})

describe('hostile data', () => {
  const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`
  /** Words that choose what is shown; the program, not a stranger, writes them. */
  const words = new Set(['asks', 'steps', 'kind', 'as', 'channel', 'key', 'field', 'view'])

  const poison = (value: unknown, poisoned: string): unknown => {
    if (typeof value === 'string')
      return poisoned === hostile && URL.canParse(value) ? value + hostile : poisoned
    if (Array.isArray(value)) return value.map((item) => poison(item, poisoned))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        words.has(key) ? inner : poison(inner, poisoned),
      ]),
    )
  }
  const show = (name: string, poisoned: string) => {
    const data = poison(samples[name]?.data, poisoned) as object
    return pages.render({ view: samples[name]?.view ?? '', language: 'vi', data }).html
  }

  test.each(every)('stays text wherever it is shown: %s', (name) => {
    const html = show(name, hostile)

    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img')
    expect(html).not.toContain(hostile)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;')
  })

  test.each(every)('never becomes a link that runs: %s', (name) => {
    expect(show(name, 'javascript:alert(1)')).not.toMatch(/href="javascript:/i)
  })
})

describe('a template that is broken', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'))
    cpSync(join(viewsRoot, 'locales'), join(folder, 'locales'), { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test.each([
    ['does not parse', '<% if ( { %>'],
    ['fails as it runs', '<%= it.data.person.name %>'],
    ['asks for a text that is not there', "<%= it.t('no.such.key') %>"],
    ['is absent', undefined],
  ])('is told by name and kind when it %s', (_, source) => {
    if (source !== undefined) writeFileSync(join(folder, 'odd.eta'), source)
    const broken = createPages({ viewsRoot: folder, assetsPath: '/assets/0' })

    expect(() => broken.render({ view: 'odd', language: 'vi', data: {} })).toThrow(
      expect.objectContaining({
        code: 'ERR_VIEW_BROKEN',
        message: expect.stringMatching(
          /^view "(odd|locales\/vi.yaml)" .*\. Mend it under "views\/"\.$/,
        ),
      }),
    )
  })
})
