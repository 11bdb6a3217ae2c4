import type { Diagnosis, Finding, Verdict } from './diagnosis.ts'

export interface FormatOptions {
  /**
   * Whether to mark verdicts by colour as well as by word.
   *
   * @default false
   */
  colour?: boolean
}

const words: Readonly<Record<Verdict, string>> = {
  ok: 'ok',
  warning: 'warning',
  wrong: 'WRONG',
  unknown: 'not tried',
}

const colours: Readonly<Record<Verdict, number>> = { ok: 32, warning: 33, wrong: 31, unknown: 36 }

const columns = 96
const margin = ' '.repeat(14)

/** A diagnosis for people: what was found, why it matters, what to do, and where to begin. */
export function formatDiagnosis(
  diagnosis: Diagnosis,
  { colour = false }: FormatOptions = {},
): string {
  const paint = (code: number, text: string) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text)
  const heading = `${diagnosis.issuer}, looked at from ${diagnosis.from}`
  const findings = diagnosis.findings.map((finding) => format(finding, paint))
  return `\n${paint(1, heading)}\n\n${findings.join('\n').trimEnd()}\n\n${summary(diagnosis)}\n`
}

type Paint = (code: number, text: string) => string

function format({ verdict, id, what, why, fix }: Finding, paint: Paint): string {
  const word = `  ${words[verdict].padEnd(margin.length - 2)}`
  const lines = [`${paint(colours[verdict], word)}${wrap(`${id}: ${what}`)}`]
  if (why !== '') lines.push(margin + wrap(why))
  if (fix !== '') lines.push(`${margin}${paint(1, '→')} ${wrap(fix, 2)}`)
  return lines.length > 1 ? `${lines.join('\n')}\n` : lines.join('\n')
}

function summary({ findings }: Diagnosis): string {
  const count = (verdict: Verdict) =>
    findings.filter((finding) => finding.verdict === verdict).length
  const [wrong, warning, unknown] = [count('wrong'), count('warning'), count('unknown')]
  const parts = [`${wrong} wrong`, `${warning} ${warning === 1 ? 'warning' : 'warnings'}`]
  const total = `${parts.join(', ')}, ${unknown} not tried, ${count('ok')} ok.`
  if (wrong > 0)
    return `${total} Mend the first that is WRONG and run this again: what follows often comes from it.`
  return warning > 0 ? `${total} It works from here; the warnings may not elsewhere.` : total
}

/** Breaks lines between words; an address is never broken. */
function wrap(text: string, indent = 0): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const isFull = line !== '' && margin.length + indent + line.length + 1 + word.length > columns
    if (isFull) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${margin}${' '.repeat(indent)}`)
}
