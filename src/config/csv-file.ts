import { columnOf, nearestColumn, type Column } from './csv-columns.ts'
import { isSaid, readRows, type Row } from './csv-rows.ts'
import { mayNameIn } from './may-name.ts'
import { unreadable, type YamlFile } from './yaml-file.ts'

/**
 * A table of people, one a row, as a file of people says it. The first row names the columns. A row
 * of the kind `organization` is one.
 */
export function parseCsv(name: string, text: string): YamlFile {
  const { rows, broken, unread } = readRows(text)
  const [header, ...entries] = rows
  if (header === undefined)
    return broken.length === 0
      ? unreadable(name, ['must have a row that names the columns'])
      : { ...unreadable(name, [], 1, text), broken }
  const { columns, untold, problems } = columnsOf(header)
  const tooLong = entries.filter(({ cells }) => cells.slice(header.cells.length).some(isSaid))
  const lists: Record<string, Row[]> = { people: [], organizations: [] }
  const value: Record<string, object[]> = { people: [], organizations: [] }
  for (const row of entries) {
    const { list, entry } = entryOf(columns, row.cells)
    lists[list]!.push(row)
    value[list]!.push(entry)
  }
  const ofRows = tooLong.map(({ line }) => ({
    line,
    message: `has more cells than there are columns (${columns.length})`,
  }))
  return {
    name,
    value,
    broken: [...problems, ...[...ofRows, ...broken].toSorted((a, b) => a.line - b.line)],
    ...(unread !== '' && { mayName: mayNameIn(unread) }),
    untold,
    lineOf: ([list = '', index]) => lists[list]?.[Number(index)]?.line ?? header.line,
  }
}

interface Columns {
  columns: (Column | undefined)[]
  /** What a column that is none may have been meant for, where no other is for that. */
  untold: string[]
  problems: YamlFile['broken']
}

/** A table with more columns that are none is something else. */
const mostMeant = 50

function columnsOf({ line, cells }: Row): Columns {
  const columns = cells.map((header) => (isSaid(header) ? columnOf(header) : undefined))
  const unknown = cells.filter((header, index) => isSaid(header) && !columns[index])
  const paths = columns.map((column) => column?.path.join('.'))
  const twice = cells.filter((_, index) => paths[index] && paths.indexOf(paths[index]) < index)
  const nearests = unknown.slice(0, mostMeant).map(nearestColumn)
  const messages = [
    ...unknown.map((header, index) => {
      const likely = nearests[index]
      const question = likely === undefined ? '' : ` Did you mean "${likely}"?`
      return `"${header.trim()}" is no column.${question}`
    }),
    ...twice.map((header) => `"${header.trim()}" is there twice`),
  ]
  const meant = nearests.flatMap((name = '') => {
    const column = columnOf(name)
    return column && !paths.includes(column.path.join('.')) ? [placeOf(column)] : []
  })
  return { columns, untold: meant, problems: messages.map((message) => ({ line, message })) }
}

/** Accounts, addresses and documents are judged by their parts. */
const placeOf = ({ path }: Column): string =>
  path.slice(0, /^(account|address|documents)$/.test(path[0]!) ? 2 : 1).join('.')

/** As everyone's in people.yaml, where a table has no column for them. */
const usualAccount = { password: 'Matkhau@1', passcode: '123456' }

function entryOf(columns: readonly (Column | undefined)[], cells: readonly string[]) {
  const entry: Record<string, unknown> = {}
  columns.forEach((column, index) => {
    const text = (cells[index] ?? '').trim()
    if (column !== undefined && text !== '') place(entry, column.path, column.meaning(text))
  })
  closeGaps(entry['documents'])
  const { kind, address, account, ...rest } = entry as Entry
  if (kind === 'organization')
    return {
      list: 'organizations',
      entry: {
        ...rest,
        ...(address !== undefined && { head_office: address }),
        ...account,
      },
    }
  return { list: 'people', entry: { ...entry, account: { ...usualAccount, ...account } } }
}

interface Entry {
  kind?: unknown
  address?: object
  account?: object
}

/** Of several of a kind, those whose cells are empty are none. */
function closeGaps(documents: unknown): void {
  for (const several of Object.values(documents ?? {}))
    if (Array.isArray(several)) several.splice(0, several.length, ...several.filter(() => true))
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
