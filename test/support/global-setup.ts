import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { chromiumPath, redisServerPath } from './machine.ts'

const tests = join(import.meta.dirname, '..')

/** Programs that some tests need, by the name under which `machine.ts` exports where each is. */
const programs = [
  {
    name: 'Chromium',
    asked: 'chromiumPath',
    path: chromiumPath,
    advice: 'Install Chromium, Chrome or Edge, or set CHROME_PATH to one.',
  },
  {
    name: 'redis-server',
    asked: 'redisServerPath',
    path: redisServerPath,
    advice: 'Install Redis so that redis-server is on the PATH.',
  },
]

/** Runs once, before every test: what all of them need is there, and what is not is said aloud. */
export default async function prepare(): Promise<void> {
  await makeAssets()
  for (const { name, asked, path, advice } of programs) {
    const inVain = path === undefined ? filesThatAskFor(asked) : []
    if (inVain.length === 0) continue
    const notice = `${name} was not found, and these tests need it: test/${inVain.join(', test/')}. ${advice}`
    if (process.env['CI']) throw new Error(notice)
    process.stdout.write(`\n!!! SKIPPED: ${notice}\n`)
  }
}

/** What pages link to is made by the build; tests that start without one need it too. */
async function makeAssets(): Promise<void> {
  if (existsSync(join(tests, '../dist/public'))) return
  const { buildAssets } = await import('../../scripts/build-assets.mjs')
  await buildAssets()
}

/** The test files that ask for a program, themselves or through files in `support`. */
function filesThatAskFor(asked: string): string[] {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(?:machine|global-setup)\.ts$/.test(file))
    .map((file) => ({
      file: file.replaceAll('\\', '/'),
      text: readFileSync(join(tests, file), 'utf8'),
    }))
  const asking = (words: readonly string[]): string[] =>
    files.filter(({ text }) => words.some((word) => text.includes(word))).map(({ file }) => file)
  let words = [asked]
  for (;;) {
    const found = asking(words)
    const more = [asked, ...found.map((file) => `/${basename(file)}`)]
    if (more.length === words.length) return found.filter((file) => file.endsWith('.test.ts'))
    words = more
  }
}
