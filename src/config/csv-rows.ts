import { CsvError, parse } from 'csv-parse/sync'

/** A line of a table: the first that its cells stand on, and what is in them. */
export interface Row {
  line: number
  cells: readonly string[]
}

export interface RowsRead {
  rows: Row[]
  /** Rows that are none, such as one with a quote that is not closed. */
  broken: { line: number; message: string }[]
  /** What was passed over for their sake. */
  unread: string
}

/**
 * The rows of a table. Commas, semicolons or tabs stand between cells, and a cell in quotes may
 * have more than one line. After a row that is none it goes on with the next line that has as many
 * cells as the first.
 */
export function readRows(text: string): RowsRead {
  const inLines = text.replaceAll(/\r\n?/g, '\n')
  // Excel's own way to say what stands between cells.
  const [whole = '', said] = /^sep=(.)\n/.exec(inLines) ?? []
  const delimiter = said ?? delimiterOf(inLines)
  const lines = inLines.split('\n')
  const read: RowsRead = { rows: [], broken: [], unread: '' }
  let from = whole === '' ? 0 : 1
  while (from < lines.length) {
    const { rows, fault } = rowsFrom(lines, from, delimiter)
    const width = read.rows.find(isRow)?.cells.length
    const first = width === undefined ? 0 : rows.findIndex(({ cells }) => cells.length === width)
    const taken = first < 0 ? [] : rows.slice(first)
    read.unread += lines.slice(from, (taken[0]?.line ?? fault?.line ?? lines.length) - 1).join('\n')
    for (const row of taken) read.rows.push(row)
    if (fault === undefined) break
    read.broken.push(fault)
    const canGoOn = read.rows.length > 0 && read.broken.length < mostBroken
    from = canGoOn ? fault.line : lines.length
    read.unread += `\n${lines.slice(fault.line - 1, from).join('\n')}\n`
  }
  return { ...read, rows: read.rows.filter(isRow) }
}

/** A table with more of them is something else. */
const mostBroken = 50

export const isSaid = (cell: string): boolean => cell.trim() !== ''
const isRow = ({ cells }: Row) => cells.some(isSaid)

/** The rows from a line on, counted from 0, until one that is none. */
function rowsFrom(
  lines: readonly string[],
  from: number,
  delimiter: string,
): { rows: Row[]; fault?: { line: number; message: string } } {
  const rows: Row[] = []
  let end = from
  try {
    parse(lines.slice(from).join('\n'), {
      delimiter,
      relax_column_count: true,
      on_record: (cells: string[], info) => {
        end = from + info.lines
        rows.push({ line: end - cells.join('').split('\n').length + 1, cells })
        return null
      },
    })
    return { rows }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const message = `is no CSV: ${error.message.replace(/ at line \d+.*$/, '')}`
    return { rows, fault: { line: end + 1, message } }
  }
}

/** What stands most often in the first row. */
function delimiterOf(text: string): string {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split('\n', 1)
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]!.sign
}
