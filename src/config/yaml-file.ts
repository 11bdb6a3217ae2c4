import {
  Composer,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  Parser,
  YAMLParseError,
  type CST,
  type Document,
} from 'yaml'
import { mayNameIn } from './may-name.ts'
import { tooDeep, tooDeepAt } from './nesting.ts'
import { readAtBuild } from './read-at-build.ts'
import { readText } from './read-text.ts'

/** A YAML file as data, and for each place in the data the line it came from. */
export interface YamlFile {
  name: string
  /** `undefined` when it is no YAML; of a key that stands there twice, what it says last. */
  value: unknown
  /** What makes it no YAML, with the lines. */
  broken: { line: number; message: string }[]
  /** Whether what could not be read of it may speak of somebody: absent when all was read. */
  mayName?: (id: string) => boolean
  /** Places that its entries may say something at, but nobody knows what. */
  untold?: readonly string[]
  /** The line, from 1, of the deepest part of the path that is there. */
  lineOf(path: readonly (string | number)[]): number
}

/** @throws {@link FileUnreadable} When there is no such file. */
export function readYaml(name: string): YamlFile {
  const read = readText(name)
  if ('fault' in read) return unreadable(name, [read.fault])
  const { text } = read
  const json = readAtBuild(text)
  return json === undefined ? parseYaml(name, text) : asRead(name, text, JSON.parse(json))
}

/** A file of which it is known what it says: its lines are wanted only of a problem. */
export function asRead(name: string, text: string, value: unknown): YamlFile {
  let slow: YamlFile | undefined
  const lineOf: YamlFile['lineOf'] = (path) => (slow ??= parseYaml(name, text)).lineOf(path)
  return { name, value, broken: [], lineOf }
}

/** A file of which nothing can be said but what is the matter with it; and maybe what is in it. */
export const unreadable = (
  name: string,
  faults: readonly string[],
  line = 1,
  text?: string,
): YamlFile => ({
  name,
  value: undefined,
  mayName: text === undefined ? () => true : mayNameIn(text),
  broken: faults.map((message) => ({ line, message })),
  lineOf: () => line,
})

/** YAML, which JSON is too. */
export function parseYaml(name: string, text: string): YamlFile {
  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = tooDeepAt(tokens)
  if (deep !== undefined) return unreadable(name, [tooDeep], lines.linePos(deep).line, text)
  const document = compose(tokens, text)
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    line: lines.linePos(pos[0]).line,
    message,
  }))
  const isReadable = [...document.errors, ...document.warnings].every(
    ({ code }) => code === 'DUPLICATE_KEY',
  )
  const value = isReadable ? read(document, broken) : undefined
  const isRead = value !== undefined || broken.length === 0
  return {
    name,
    value,
    ...(!isRead && { mayName: mayNameIn(text) }),
    broken,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  }
}

/** The only document that tokens make. */
function compose(tokens: readonly CST.Token[], text: string): Document {
  // A list as a key would be reported on the terminal; our schemas refuse it as an unknown option.
  const composer = new Composer({ logLevel: 'error' })
  const [document, other] = composer.compose(tokens, true, text.length)
  if (other !== undefined)
    document!.errors.push(
      new YAMLParseError(
        [other.range[0], other.range[1]],
        'MULTIPLE_DOCS',
        'Source contains multiple documents',
      ),
    )
  return document!
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
