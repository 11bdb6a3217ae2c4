/**
 * Reads the product's own configuration once, while it is built: a start reads JSON much faster
 * than YAML.
 *
 * ```
 * config/*.yaml ─▶ dist/config.json: the hash of each file's text, and what it says as JSON
 * ```
 *
 * A file that was changed since has another hash, and is read as YAML.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/**
 * @param {string} folder
 * @returns {Record<string, string>}
 */
export function readConfig(folder) {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  return Object.fromEntries(
    texts.map((text) => [
      createHash('sha256').update(text).digest('hex'),
      JSON.stringify(parse(text)),
    ]),
  )
}
