import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAssets } from '../../scripts/build-assets.mjs'
import { createAssets, createPages, formPostScript, languages } from '../../src/pages/index.ts'
import { chromiumPath, launchBrowser } from '../support/browser.ts'
import { outOfPlace } from '../support/out-of-place.ts'
import { portalSamples } from './portal-samples.ts'
import { viewsRoot } from './render.ts'
import { samples as ownSamples } from './samples.ts'

const samples = { ...ownSamples, ...portalSamples }

/** Every look, and the rules that it could break: structure is the same in all, colours are not. */
const looks = [
  { language: 'vi', colorScheme: 'light', width: 1280, rules: 'all' },
  { language: 'vi', colorScheme: 'light', width: 360, rules: 'colours' },
  { language: 'vi', colorScheme: 'dark', width: 1280, rules: 'colours' },
  { language: 'vi', colorScheme: 'dark', width: 360, rules: 'colours' },
  { language: 'en', colorScheme: 'light', width: 360, rules: 'all' },
] as const

/** The narrowest page, and text twice as large. WCAG 2.2 §1.4.10 and §1.4.4. */
const tightLooks = [
  { language: 'vi', width: 320, textPercent: 100 },
  { language: 'en', width: 320, textPercent: 100 },
  { language: 'vi', width: 360, textPercent: 200 },
  { language: 'en', width: 360, textPercent: 200 },
  { language: 'vi', width: 412, textPercent: 200 },
  { language: 'vi', width: 1280, textPercent: 200 },
] as const

const runAxe = {
  all: "axe.run({ resultTypes: ['violations'] })",
  colours: "axe.run({ resultTypes: ['violations'], runOnly: ['color-contrast'] })",
}

describe.skipIf(chromiumPath === undefined)('in a browser, a page', () => {
  let browser: Browser
  let server: Server
  let origin: string
  const received: string[] = []

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'looks-'))
    await buildAssets(folder)
    const assets = createAssets(folder)
    rmSync(folder, { recursive: true })
    const pages = createPages({ viewsRoot, assetsPath: assets.path })
    server = createServer((request, response) => {
      if (assets.serve(request, response)) return
      if (request.method === 'POST') {
        received.push(request.headers.origin ?? 'none')
        response.end('received')
        return
      }
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
      const sample = samples[decodeURIComponent(pathname.slice(1))]
      if (sample === undefined) {
        response.writeHead(404).end()
        return
      }
      const language = languages.find((tag) => tag === searchParams.get('language')) ?? 'vi'
      const data = { ...sample.data, action: '/interaction' }
      const { html, headers } = pages.render({
        ...sample,
        data,
        language,
        ...(searchParams.has('script') && { scriptHash: formPostScript.hash }),
        languageSwitch: { vi: '?language=vi', en: '?language=en' },
      })
      response.writeHead(200, headers).end(html)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const address = (sample: string, query = '') => `${origin}/${encodeURIComponent(sample)}${query}`

  /** What a person who cannot see, or not see well, would stumble over. */
  async function stumblingBlocks(page: Page, rules: keyof typeof runAxe): Promise<string[]> {
    const { violations } = await page.evaluate<axe.AxeResults>(runAxe[rules])
    return [
      ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ...(await outOfPlace(page)),
    ]
  }

  /** What is found on each page where anything is. */
  async function lookAtAll(
    page: Page,
    language: string,
    look: () => Promise<string[]>,
  ): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {}
    for (const sample of Object.keys(samples)) {
      await page.goto(address(sample, `?language=${language}`))
      await page.evaluate('document.fonts.ready.then(() => true)')
      const blocks = await look()
      if (blocks.length > 0) found[sample] = blocks
    }
    return found
  }

  test.each(looks)(
    'has no stumbling block: $language, $colorScheme, $width pixels wide',
    async ({ language, colorScheme, width, rules }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
      await context.addInitScript({ content: axe.source })
      const page = await context.newPage()

      const found = await lookAtAll(page, language, () => stumblingBlocks(page, rules))
      await context.close()

      expect(found).toEqual({})
    },
    90_000,
  )

  test.each(tightLooks)(
    'keeps everything in its place: $language, $width pixels wide, text of $textPercent %',
    async ({ language, width, textPercent }) => {
      const largeText = await launchBrowser({ textPercent })
      const page = await largeText.newPage({ viewport: { width, height: 800 } })

      const found = await lookAtAll(page, language, () => outOfPlace(page))
      await largeText.close()

      expect(found).toEqual({})
    },
    90_000,
  )

  test('asks for nothing that its own policy refuses', async () => {
    const page = await browser.newPage()
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text())
    })
    for (const sample of Object.keys(samples)) await page.goto(address(sample, '?script'))
    await page.close()

    expect(refused).toEqual([])
  })

  test('puts the focus where the problem is, and shows its text in our own font', async () => {
    const page = await browser.newPage()
    await page.goto(address('sign-in/second-factor, wrong'))
    await page.evaluate('document.fonts.ready.then(() => true)')

    expect(await page.evaluate('document.activeElement.name')).toBe('code')
    expect(
      await page.evaluate('document.fonts.check("600 16px \\"Be Vietnam Pro\\"", "Mã xác nhận")'),
    ).toBe(true)
    await page.close()
  })

  test('loads no font for letters that Vietnamese does not have', async () => {
    const page = await browser.newPage()
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    await page.goto(address('sign-in/identify'), { waitUntil: 'networkidle' })

    expect(loaded.filter((url) => url.includes('be-vietnam-pro-vietnamese'))).not.toEqual([])
    expect(loaded.filter((url) => url.includes('latin-ext'))).toEqual([])
    expect(loaded.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([])
    await page.close()
  })

  test('sends its form with our origin, so that a foreign one can be told apart', async () => {
    const page = await browser.newPage()
    await page.goto(address('sign-in/identify'))
    await page.getByLabel('Mật khẩu').press('Enter')
    await page.waitForURL('**/interaction')

    expect(received.at(-1)).toBe(origin)
    await page.close()
  })

  test('of form-post goes on by itself, and without its script by its button', async () => {
    const page = await browser.newPage()
    await page.goto(address('form-post', '?script')).catch(() => undefined)
    await page.waitForURL('**/interaction')

    const plain = await browser.newPage({ javaScriptEnabled: false })
    await plain.goto(address('form-post'))
    await plain.getByRole('button', { name: 'Tiếp tục' }).click()
    await plain.waitForURL('**/interaction')

    expect(received.slice(-2)).toEqual([origin, origin])
    await Promise.all([page.close(), plain.close()])
  })
})
