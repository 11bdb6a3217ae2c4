import { CsvError, parse } from 'csv-parse/sync'
import { didYouMean } from '../kernel/index.ts'
import { columnNames, columnOf, type Column } from './csv-columns.ts'
import { unreadable, type YamlFile } from './yaml-file.ts'

/** A line of a table: the first that its cells stand on, and what is in them. */
interface Row {
  line: number
  cells: readonly string[]
}

/**
 * A table of people, one a row, as a file of people says it. The first row names the columns.
 * Commas, semicolons or tabs stand between them, and a cell in quotes may have more than one line.
 */
export function parseCsv(name: string, text: string): YamlFile {
  let rows: Row[]
  try {
    rows = rowsOf(text)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines = 1 } = error as { lines?: number }
    return unreadable(name, [`is no CSV: ${error.message.replace(/ at line \d+.*$/, '')}`], lines)
  }
  const [header, ...people] = rows
  if (header === undefined) return unreadable(name, ['must have a row that names the columns'])
  const broken: YamlFile['broken'] = []
  const columns = columnsOf(header, broken)
  for (const { line, cells } of people)
    if (cells.slice(header.cells.length).some(isSaid))
      broken.push({ line, message: `has more cells than there are columns (${columns.length})` })
  return {
    name,
    value: { people: people.map(({ cells }) => entryOf(columns, cells)) },
    broken,
    lineOf: ([, index]) => people[Number(index)]?.line ?? header.line,
  }
}

const isSaid = (cell: string) => cell.trim() !== ''

function rowsOf(text: string): Row[] {
  const inLines = text.replaceAll(/\r\n?/g, '\n')
  // Excel's own way to say what stands between cells.
  const [whole = '', said] = /^sep=(.)\n/.exec(inLines) ?? []
  const parsed = parse(inLines.slice(whole.length), {
    delimiter: said ?? delimiterOf(inLines),
    info: true,
    relax_column_count: true,
  }) as unknown as { record: string[]; info: { lines: number } }[]
  const above = whole === '' ? 0 : 1
  return parsed
    .map(({ record, info }) => ({
      line: above + info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }))
    .filter(({ cells }) => cells.some(isSaid))
}

/** What stands most often in the first row. */
function delimiterOf(text: string): string {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split('\n', 1)
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]!.sign
}

function columnsOf({ line, cells }: Row, broken: YamlFile['broken']): (Column | undefined)[] {
  const seen = new Set<string>()
  return cells.map((header) => {
    if (!isSaid(header)) return undefined
    const column = columnOf(header)
    if (column === undefined) {
      const hint = didYouMean(header.trim(), columnNames)
      broken.push({ line, message: `"${header.trim()}" is no column. ${hint}`.trim() })
      return undefined
    }
    const path = column.path.join('.')
    if (seen.has(path)) broken.push({ line, message: `"${header.trim()}" is there twice` })
    seen.add(path)
    return column
  })
}

/** As everyone's in people.yaml, where a table has no column for them. */
const usualAccount = { password: 'Matkhau@1', passcode: '123456' }

function entryOf(columns: readonly (Column | undefined)[], cells: readonly string[]): object {
  const entry: Record<string, unknown> = {}
  columns.forEach((column, index) => {
    const text = (cells[index] ?? '').trim()
    if (column !== undefined && text !== '') place(entry, column.path, column.meaning(text))
  })
  return { ...entry, account: { ...usualAccount, ...(entry['account'] as object | undefined) } }
}

/** Below a number is a list. */
function place(parent: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', next, ...rest] = path
  if (next === undefined) {
    parent[key] = value
    return
  }
  parent[key] ??= /^\d+$/.test(next) ? [] : {}
  place(parent[key] as Record<string, unknown>, [next, ...rest], value)
}
