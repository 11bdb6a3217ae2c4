import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { outOfPlace } from './out-of-place.ts'

/** A page of Chromium, and everything about it that nobody should have to complain of. */
export interface WatchedPage {
  page: Page
  /** What went wrong so far: each with what it is and where. */
  complaints: string[]
  /** Looks at the page as it stands: what axe finds, and what is out of its place. */
  look(): Promise<void>
  close(): Promise<void>
}

/** Opens a page that notes refused content, scripts that fail, and requests beyond this machine. */
export async function openWatched(
  browser: Browser,
  { width = 1280, javaScriptEnabled = true, locale = 'vi-VN' } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled,
    locale,
  })
  if (javaScriptEnabled) await context.addInitScript({ content: axe.source })
  const complaints: string[] = []
  context.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const isHere = protocol === 'data:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
    if (!isHere) complaints.push(`asked for ${request.url()}`)
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return {
    page,
    complaints,
    look: async () => void complaints.push(...(await stumblingBlocks(page))),
    close: () => context.close(),
  }
}

async function stumblingBlocks(page: Page): Promise<string[]> {
  const where = new URL(page.url()).pathname
  const { violations } = await page.evaluate<axe.AxeResults>(
    "axe.run({ resultTypes: ['violations'] })",
  )
  return [
    ...violations.map(
      ({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    ),
    ...(await outOfPlace(page)).map((what) => `${where}: ${what}`),
  ]
}
