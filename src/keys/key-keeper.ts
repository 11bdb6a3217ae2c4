import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPrivateFile, makePrivateFolder, type Json, type Store } from '../kernel/index.ts'
import { KeysUnreadable, KeysUnwritable } from './errors.ts'

/** Where keys are kept. What is there first holds for everybody who shares the place. */
export interface KeyKeeper {
  /** What is kept under the name, or `undefined`. */
  read(name: string): Promise<unknown>
  /** Keeps the value unless something is there already, and returns what is kept now. */
  keep(name: string, made: unknown): Promise<unknown>
  /** Where that is, for people. */
  place(name: string): string
}

/**
 * Keeps keys in files, readable by the owner only and kept out of git by a `.gitignore` of their
 * own.
 */
export function keepInFolder(folder: string): KeyKeeper {
  const place = (name: string) => join(folder, `${name}.json`)
  const read = async (name: string) => readFile(folder, place(name))
  return {
    place,
    read,
    keep: async (name, made) => {
      writeFile(folder, place(name), made)
      return read(name)
    },
  }
}

/** Keeps keys where everything else is, for replicas that must sign alike. */
export function keepInStore(store: Store): KeyKeeper {
  const kind = 'Keys'
  const read = async (name: string) => (await store.find(kind, name))?.value
  return {
    place: (name) => `the store, record ${kind} ${name}`,
    read,
    keep: async (name, made) =>
      (await store.putIfAbsent(kind, name, made as Json)) ? made : read(name),
  }
}

function readFile(folder: string, file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (code === 'ENOTDIR') throw new KeysUnwritable(folder, error)
    throw new KeysUnreadable(file, error)
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new KeysUnreadable(file, error)
  }
}

/** A file that is there already is never written over. */
function writeFile(folder: string, file: string, value: unknown): void {
  try {
    makePrivateFolder(folder)
    createPrivateFile(file, `${JSON.stringify(value)}\n`)
  } catch (error) {
    throw new KeysUnwritable(folder, error)
  }
}
