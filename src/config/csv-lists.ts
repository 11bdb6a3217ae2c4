/** Several in one cell, with semicolons between them: one of their own has a backslash before it. */
export function listFrom(cell: string): string[] {
  const parts = ['']
  for (const [piece] of cell.matchAll(/\\[\\;]|[\\;]|[^\\;]+/g))
    if (piece === ';') parts.push('')
    else parts.push(`${parts.pop()}${piece.replace(/^\\(?=[\\;])/, '')}`)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

export const listAsCell = (parts: readonly unknown[]): string =>
  parts.map((part) => String(part).replaceAll(/[\\;]/g, String.raw`\$&`)).join('; ')
