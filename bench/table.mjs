/**
 * @typedef {object} Column
 * @property {string} title
 * @property {Record<string, number[]>} rounds What each server took, round by round.
 * @property {number} digits
 */

/**
 * Medians, each with its ratio to the reference, as a Markdown table. A ratio is taken within a
 * round, where both met the same machine, and only then is the median taken.
 *
 * @param {readonly string[]} names
 * @param {string} reference
 * @param {readonly Column[]} columns
 */
export function table(names, reference, columns) {
  const rows = names.map((name) => [
    name,
    ...columns.flatMap(({ rounds, digits }) => {
      const own = rounds[name] ?? []
      const ratios = own.map((value, round) => value / (rounds[reference]?.[round] ?? NaN))
      return own.length === 0 ? ['', ''] : [median(own).toFixed(digits), median(ratios).toFixed(2)]
    }),
  ])
  const head = ['', ...columns.flatMap(({ title }) => [title, '×'])]
  const widths = head.map((_, i) =>
    Math.max(...[head, ...rows].map((row) => (row[i] ?? '').length)),
  )
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [head, rule, ...rows].map(line).join('\n')
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
