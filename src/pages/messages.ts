import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ViewBroken } from './errors.ts'
import type { Language } from './page.ts'

export type Values = Readonly<Record<string, string | number>>

/** Every text of one language, by its key. */
export interface Messages {
  has(key: string): boolean
  keys(): readonly string[]
  /** @throws {@link ViewBroken} When the key, or a value that its text needs, is missing. */
  text(key: string, values?: Values): string
}

/** Reads one language's file. Nested keys are joined with dots: `problem.code_wrong`. */
export function loadMessages(viewsRoot: string, language: Language): Messages {
  const texts = new Map(flatten(read(viewsRoot, language), language))
  return {
    has: (key) => texts.has(key),
    keys: () => [...texts.keys()],
    text: (key, values = {}) => {
      const text = texts.get(key)
      if (text === undefined)
        throw new ViewBroken(`locales/${language}.yaml`, `must have the key "${key}", got none.`)
      return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name]
        if (value === undefined)
          throw new ViewBroken(
            `locales/${language}.yaml`,
            `needs a "${name}" for "${key}", got none.`,
          )
        return String(value)
      })
    },
  }
}

function read(viewsRoot: string, language: Language): unknown {
  const file = join(viewsRoot, 'locales', `${language}.yaml`)
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new ViewBroken(`locales/${language}.yaml`, 'cannot be read as YAML.', { cause })
  }
}

function flatten(node: unknown, language: Language, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node.normalize('NFC')]]
  if (typeof node !== 'object' || node === null)
    throw new ViewBroken(
      `locales/${language}.yaml`,
      `must have a text at "${path}", got ${typeof node}.`,
    )
  return Object.entries(node).flatMap(([key, value]) =>
    flatten(value, language, path === '' ? key : `${path}.${key}`),
  )
}
