import { stringify } from 'yaml'
import { listAsCell } from './csv-lists.ts'

export type PackFormat = 'yaml' | 'json' | 'csv'

export interface Pack {
  people: readonly Readonly<Record<string, unknown>>[]
  organizations: readonly Organization[]
}

interface Organization {
  state: string
  head_office: object
}

/** People as a file says them that can be given back. In a table, organisations are rows as well. */
export function writePack({ people, organizations }: Pack, format: PackFormat): string {
  if (format === 'csv') return table([...people, ...organizations.map(asRow)])
  const file = organizations.length === 0 ? { people } : { people, organizations }
  if (format === 'json') return `${JSON.stringify(file, undefined, 2)}\n`
  return stringify(file, { lineWidth: 100, aliasDuplicateObjects: false })
}

/** An organisation in the columns that people have. */
const asRow = ({ state, head_office: address, ...rest }: Organization) => ({
  kind: 'organization',
  ...rest,
  address,
  account: { state },
})

/** The mark in front tells Excel that it is UTF-8. Lines end as RFC 4180 §2 says. */
function table(entries: readonly object[]): string {
  const rows = entries.map((entry) => new Map(cellsOf(entry, [])))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ''))]
  return `\uFEFF${lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`
}

const quoted = (cell: string) =>
  /[",;\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

function cellsOf(value: unknown, path: readonly string[]): [column: string, cell: string][] {
  const column = path.join('.')
  if (column === 'memberships')
    return [
      [column, listAsCell((value as Membership[]).map((one) => Object.values(one).join(':')))],
    ]
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return [[column, listAsCell(value)]]
  if (typeof value !== 'object' || value === null) return [[column, String(value)]]
  return Object.entries(value).flatMap(([key, one]) => cellsOf(one, [...path, key]))
}

interface Membership {
  organization: string
  role: string
}
