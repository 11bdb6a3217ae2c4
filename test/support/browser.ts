import { chromium, type Browser } from 'playwright-core'
import { chromiumPath } from './machine.ts'

export { chromiumPath } from './machine.ts'

/** Starts Chromium without a window. Whoever starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium was found. Set CHROME_PATH to one.')
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}
