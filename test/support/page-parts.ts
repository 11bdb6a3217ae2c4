/** What a page says is wrong, as a person who hears it read aloud would find it. */
export interface ShownProblem {
  /** What the alert at the top says, and the field that its link leads to. */
  alert: { text: string; leadsTo: string }
  /** What stands at the field. */
  atField: string
  /** Whether the field says itself that it is wrong, points to the text, and has the focus. */
  isMarked: boolean
}

/** The problem that a page shows at this field, or `undefined` when it shows none there. */
export function problemAt(html: string, field: string): ShownProblem | undefined {
  const alert = /role="alert">[^]*?<a href="#([^"]+)">([^<]+)</.exec(html)
  const atField = new RegExp(`id="${field}-problem">([^<]+)<`).exec(html)
  if (alert === null || atField === null) return undefined
  const input = new RegExp(`<input[^>]* id="${field}"[^>]*>`).exec(html)?.[0] ?? ''
  const marks = ['aria-invalid="true"', `${field}-problem`, ' autofocus']
  return {
    alert: { leadsTo: alert[1]!, text: plain(alert[2]!) },
    atField: plain(atField[1]!),
    isMarked: marks.every((mark) => input.includes(mark)),
  }
}

/** The text of a page without its marks, with single spaces. */
export function textOf(html: string): string {
  return plain(html.replaceAll(/<(style|script)[^]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const plain = (html: string) =>
  html.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (name) => entities[name]!)
