/** The licences of everything that `dist` holds of others, as they ask for. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const licenceFile = /^(?:licen[cs]e|copying|notice)/i
const line = '-'.repeat(80)

/**
 * @param {string} root
 * @param {import('esbuild').Metafile} metafile What went into the bundle.
 * @param {readonly string[]} beside Packages that went into `dist` in another way.
 * @returns {string} One text: each package's name, version, licence and the licence's words.
 */
export function thirdPartyLicences(root, metafile, beside) {
  const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput === 0 ? [] : (folderOf(path) ?? []),
    ),
  )
  const folders = [...new Set([...bundled, ...beside.map((name) => `node_modules/${name}`)])]
  const sections = folders.map((folder) => sectionOf(join(root, folder)))
  const introduction =
    'Mock VNeID is licensed as the file LICENSE says. Its built files contain the packages below,\nwhole or in part, each under its own licence.\n'
  return [introduction, ...new Set(sections.sort())].join(`\n${line}\n\n`)
}

/** @param {string} path */
const folderOf = (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]

/** @param {string} folder */
function sectionOf(folder) {
  /**
   * @type {{
   *   name: string
   *   version: string
   *   license?: string
   *   author?: string | { name: string }
   * }}
   */
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  if (license === undefined) throw new Error(`${name} ${version} does not say its licence`)
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => licenceFile.test(file))
    : []
  const words = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (words.length === 0)
    words.push(
      `© ${typeof author === 'object' ? author.name : (author ?? `the authors of ${name}`)}. ${license}: the package comes without its text.`,
    )
  return `${name} ${version} (${license})\n\n${words.join('\n\n').replaceAll('\r\n', '\n')}\n`
}
