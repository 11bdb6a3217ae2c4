import { readFileSync } from 'node:fs'
import { isMap, isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { MockVneidError } from '../kernel/index.ts'

/** A file that was asked for is not there, or may not be read. */
export class FileUnreadable extends MockVneidError {
  override readonly code = 'ERR_FILE_UNREADABLE'
  readonly file: string

  constructor(file: string, cause: unknown, kind: 'file' | 'folder' = 'file') {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    const why = reasons[code] ?? `cannot be read (${code})`
    super(`${kind} "${file}" ${why}. Create it, or name another folder with --config.`, { cause })
    this.file = file
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EISDIR: 'is not a file',
}

/** A YAML file as data, and for each place in the data the line it came from. */
export interface YamlFile {
  name: string
  /** `undefined` when it is no YAML; of a key that stands there twice, what it says last. */
  value: unknown
  /** What makes it no YAML, with the lines. */
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
  const document = parseDocument(isTooLarge ? '' : text, {
    lineCounter: lines,
    prettyErrors: false,
    // A list as a key would be reported on the terminal; our schemas refuse it as an unknown option.
    logLevel: 'error',
  })
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    line: lines.linePos(pos[0]).line,
    message,
  }))
  const isReadable = [...document.errors, ...document.warnings].every(
    ({ code }) => code === 'DUPLICATE_KEY',
  )
  if (isTooLarge) broken.push({ line: 1, message: `is larger than ${largest} bytes` })
  return {
    name,
    value: isReadable ? read(document, broken) : undefined,
    broken,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  }
}

/** Aliases that multiply without end, or that contain themselves, come to light only in the data. */
function read(document: Document, broken: YamlFile['broken']): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    JSON.stringify(value)
    return value
  } catch (error) {
    const isCircular = error instanceof TypeError
    const message = isCircular
      ? 'an alias stands inside of what it names'
      : (error as Error).message
    broken.push({ line: 1, message: message.trim() })
    return undefined
  }
}

/** Where the deepest part of the path that is there begins: a key where there is one, or an item. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? node.range?.[0] : undefined
  for (const part of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => String(key) === String(part))
      : undefined
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined
    const start: unknown = pair ? pair.key : next
    if (!isNode(start)) break
    offset = start.range?.[0] ?? offset
    node = next
  }
  return offset ?? 0
}
