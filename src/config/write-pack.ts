import { stringify } from 'yaml'

export type PackFormat = 'yaml' | 'json' | 'csv'

export interface Pack {
  people: readonly Readonly<Record<string, unknown>>[]
  organizations: readonly object[]
}

/** People as a file says them that can be given back. A table has people only. */
export function writePack({ people, organizations }: Pack, format: PackFormat): string {
  if (format === 'csv') return table(people)
  const file = organizations.length === 0 ? { people } : { people, organizations }
  if (format === 'json') return `${JSON.stringify(file, undefined, 2)}\n`
  return stringify(file, { lineWidth: 100, aliasDuplicateObjects: false })
}

/** The mark in front tells Excel that it is UTF-8. Lines end as RFC 4180 §2 says. */
function table(people: Pack['people']): string {
  const rows = people.map((person) => new Map(cellsOf(person, [])))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ''))]
  return `\uFEFF${lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`
}

const quoted = (cell: string) =>
  /[",;\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

function cellsOf(value: unknown, path: readonly string[]): [column: string, cell: string][] {
  const column = path.join('.')
  if (column === 'memberships')
    return [[column, (value as Membership[]).map((one) => Object.values(one).join(':')).join('; ')]]
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return [[column, value.join('; ')]]
  if (typeof value !== 'object' || value === null) return [[column, String(value)]]
  return Object.entries(value).flatMap(([key, one]) => cellsOf(one, [...path, key]))
}

interface Membership {
  organization: string
  role: string
}
