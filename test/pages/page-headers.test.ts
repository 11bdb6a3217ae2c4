import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { formPostScript, type Page } from '../../src/pages/index.ts'
import { pages, render } from './render.ts'
import { samples } from './samples.ts'

const policyOf = (page: Partial<Page>) =>
  pages.render({ view: 'sign-out/done', language: 'vi', data: {}, ...page }).headers[
    'Content-Security-Policy'
  ]

describe('the headers of a page', () => {
  test.each(Object.keys(samples))('let it load our own styles and fonts only: %s', (name) => {
    const { headers } = render(name)

    expect(headers).toEqual({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': 'vi',
      'Content-Security-Policy': expect.stringMatching(
        /^default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'( http:\/\/localhost:3007)?; base-uri 'none'; frame-ancestors 'none'$/,
      ),
      'Referrer-Policy': 'strict-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
  })

  test('let a form lead to the relying party, by its origin alone', () => {
    expect(
      policyOf({ formActions: ['https://portal.example/callback?x=1;script-src *'] }),
    ).toContain("form-action 'self' https://portal.example;")
  })

  test.each([
    ['vn.example.app:/callback', 'vn.example.app:'],
    ['http://[::1]:8080/cb', 'http:'],
  ])('name what the policy cannot spell, %s, by its scheme', (uri, source) => {
    expect(policyOf({ formActions: [uri] })).toContain(`form-action 'self' ${source};`)
  })

  test('name the hash of a script only where a page carries one', () => {
    expect(policyOf({})).not.toContain('script-src')
    expect(policyOf({ scriptHash: formPostScript.hash })).toMatch(
      / script-src 'sha256-[A-Za-z0-9+/]{43}='$/,
    )
  })

  test('name the hash of the very script that the page carries', () => {
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(render('form-post').html) ?? []

    expect(formPostScript.hash).toBe(
      `sha256-${createHash('sha256').update(script).digest('base64')}`,
    )
  })
})
