import { chromium, type Browser } from 'playwright-core'
import { chromiumPath } from './machine.ts'

export { chromiumPath } from './machine.ts'

/** Starts Chromium without a window, its text as large as asked for. Whoever starts it closes it. */
export async function launchBrowser({ textPercent = 100 } = {}): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium was found. Set CHROME_PATH to one.')
  const fontSizes = `defaultFontSize=${0.16 * textPercent},defaultFixedFontSize=${0.13 * textPercent}`
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--blink-settings=${fontSizes}`],
  })
}
