/**
 * Makes the pictures of the READMEs, `docs/images/`, from a mock that runs: the sign-in page as a
 * citizen who comes from the demo portal sees it, in both languages. The same pages give the same
 * pictures, since the mock's clock stands still.
 *
 * ```
 * node scripts/screenshots.mjs
 * ```
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { buildIfStale, root } from './build.mjs'
import { toIndexedPng } from './indexed-png.mjs'

const executablePath = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'
const images = join(root, 'docs/images')
const dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-screenshots-'))

await buildIfStale()
/** @type {typeof import('../src/index.ts')} */
const { startMockVneid } = await import(pathToFileURL(join(root, 'dist/index.js')).href)
const now = Date.parse('2026-06-01T09:00:00+07:00')
const mock = await startMockVneid({ portal: true, dataFolder, clock: { now: () => now } })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  mkdirSync(images, { recursive: true })
  for (const language of ['vi', 'en']) await shootSignIn(language)
} finally {
  await browser.close()
  await mock.close()
  rmSync(dataFolder, { recursive: true, force: true })
}

/** @param {string} language */
async function shootSignIn(language) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } })
  const page = await context.newPage()
  await page.goto(`${mock.portalUrl}/login`)
  await page.goto(`${page.url()}?lang=${language}`)
  await page.evaluate('document.fonts.ready')
  const screenshot = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const png = toIndexedPng(screenshot)
  await context.close()
  const file = `docs/images/sign-in.${language}.png`
  writeFileSync(join(root, file), png)
  console.log(`${file}: ${Math.round(png.length / 1024)} KB`)
}
