import { CST, LineCounter, Parser } from 'yaml'
import { deepestNesting, tooDeepIn } from '../kernel/index.ts'

export const tooDeep: string = `must not be nested deeper than ${deepestNesting} levels`

type Collection = Extract<CST.Token, { items: unknown }>

/** Where a text of YAML goes too deep, by its tokens: what reads them on calls itself. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  for (const token of tokens) {
    const whole = token.type === 'document' ? token.value : undefined
    const found = CST.isCollection(whole) ? tooDeepIn<Collection>(whole, collectionsIn) : undefined
    if (found) return found.offset
  }
  return undefined
}

const collectionsIn = ({ items }: Collection): Collection[] =>
  items.flatMap(({ key, value }) => [key, value].filter(CST.isCollection))

/** The line, from 1, on which a text of YAML or JSON goes too deep. */
export function lineTooDeep(text: string): number {
  const lines = new LineCounter()
  const at = tooDeepAt([...new Parser(lines.addNewLine).parse(text)])
  return at === undefined ? 1 : lines.linePos(at).line
}
