import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/kernel/index.ts'

const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.mock-vneid'])

/** A fenced block: its language, and the lines in it. */
export interface Block {
  language: string
  text: string
}

/** The text of a file of the repository. */
export const readText = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')

/** Every Markdown file of the repository, by its path from the root. */
export function markdownFiles(folder = ''): string[] {
  return readdirSync(join(packageRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return markdownFiles(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  )
}

/** The depth of each heading, in order. */
export const headingDepths = (markdown: string): number[] =>
  [...withoutBlocks(markdown).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length)

/** Where links and pictures lead, in order. */
export const linksOf = (markdown: string): string[] =>
  [...withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)|<(https?:[^>\s]+)>/g)].map(
    ([, inline, bare]) => inline ?? bare ?? '',
  )

/** The rows of the table whose header has these cells, each row as its cells. */
export function tableOf(markdown: string, ...header: string[]): string[][] {
  const lines = markdown.split('\n')
  const at = lines.findIndex((line) => cellsOf(line).join('|') === header.join('|'))
  if (at === -1) throw new Error(`there is no table with the header ${header.join(' | ')}`)
  const rest = lines.slice(at + 2)
  const end = rest.findIndex((line) => !line.startsWith('|'))
  return rest.slice(0, end === -1 ? rest.length : end).map(cellsOf)
}

/** The words of a cell that are set as code. */
export const codesIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const cellsOf = (line: string): string[] =>
  line.startsWith('|')
    ? line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim())
    : []

const withoutBlocks = (markdown: string): string => markdown.replaceAll(/^```[\s\S]*?^```$/gm, '')
