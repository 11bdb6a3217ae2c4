import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { MockVneidError } from '../kernel/index.ts'

/** A file that was asked for is not there, or may not be read. */
export class FileUnreadable extends MockVneidError {
  override readonly code = 'ERR_FILE_UNREADABLE'
  readonly file: string

  constructor(file: string, cause: unknown) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    super(`file "${file}" ${why}. Create it, or name another folder with --config.`, { cause })
    this.file = file
  }
}

/** A YAML file as data, and for each place in the data the line it came from. */
export interface YamlFile {
  name: string
  value: unknown
  /** What makes it no YAML at all, with the lines. */
  broken: { line: number; message: string }[]
  /** The line, from 1, of the deepest part of the path that is there. */
  lineOf(path: readonly (string | number)[]): number
}

/** No file of ours is larger than this, in bytes. */
const largest = 20 * 1024 * 1024

/** @throws {@link FileUnreadable} When there is no such file. */
export function readYaml(name: string): YamlFile {
  let text: string
  try {
    text = readFileSync(name, 'utf8')
  } catch (error) {
    throw new FileUnreadable(name, error)
  }
  const lines = new LineCounter()
  const isTooLarge = text.length > largest
  const document = parseDocument(isTooLarge ? '' : text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, message }))
  if (isTooLarge) broken.push({ line: 1, message: `is larger than ${largest} bytes` })
  return {
    name,
    value: broken.length > 0 ? undefined : read(document, broken),
    broken,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  }
}

/** Aliases that multiply without end are refused by the parser only when the data is made. */
function read(document: Document, broken: YamlFile['broken']): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    broken.push({ line: 1, message: (error as Error).message })
    return undefined
  }
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: number[] } | undefined
    const offset = node?.range?.[0]
    if (offset !== undefined) return offset
  }
  return 0
}
