import type { Person } from '../index.ts'

const header = ['id', 'number', 'name', 'age', 'sex', 'level', 'state', 'province']

/** People as a table, one a line. */
export function peopleRows(people: readonly Person[]): string {
  const rows = [
    header,
    ...people.map(({ id, number, name, age, sex, account, address }) => [
      id,
      number,
      name,
      String(age),
      sex,
      String(account.level),
      account.state,
      address.province,
    ]),
  ]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** All there is to know of somebody, a line for each thing. */
export function personLines(person: Person): string {
  const lines = linesOf(person, '')
  const width = Math.max(...lines.map(([key]) => key.length))
  return lines.map(([key, value]) => `${key.padEnd(width)}  ${value}`).join('\n')
}

function linesOf(value: object, above: string): [key: string, value: string][] {
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    const name = `${above}${key}`
    if (Array.isArray(one) && one.every((item) => typeof item !== 'object'))
      return one.length === 0 ? [] : [[name, one.join(', ')] as [string, string]]
    if (typeof one === 'object' && one !== null) return linesOf(one, `${name}.`)
    const isMoment = key === 'updatedAt'
    return [
      [name, isMoment ? new Date(Number(one)).toISOString() : String(one)] as [string, string],
    ]
  })
}
