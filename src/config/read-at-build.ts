import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../kernel/index.ts'

const file = join(packageRoot, 'dist/config.json')

let known: Record<string, string> | undefined

/**
 * What a text of YAML says, as JSON, when it was among the product's own files while that was
 * built, and `undefined` otherwise. It saves a start about a sixth of its time.
 */
export function readAtBuild(text: string): string | undefined {
  known ??= readKnown()
  return known[createHash('sha256').update(text).digest('hex')]
}

/** Nothing where there was no build. */
function readKnown(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}
