import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { personaFiles } from '../../scripts/personas.mjs'

test('what is written of the personas is what their file says: node scripts/personas.mjs', async () => {
  const files = await personaFiles()

  expect(files.map(({ file }) => file)).toEqual(['docs/personas.md', 'README.md', 'README.vi.md'])
  for (const { file, text } of files)
    expect(readFileSync(join(packageRoot, file), 'utf8'), `${file} is stale`).toBe(text)
})
