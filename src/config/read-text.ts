import { readFileSync, statSync } from 'node:fs'
import { FileUnreadable } from './file-unreadable.ts'

/** No file of ours is larger than this, in bytes. */
const largest = 20 * 1024 * 1024

/** A file as text, or why it is none. */
export type TextRead = { text: string } | { fault: string }

/** @throws {@link FileUnreadable} When there is no such file. */
export function readText(name: string): TextRead {
  const bytes = readBytes(name)
  if (bytes === undefined) return { fault: `is larger than ${largest} bytes` }
  try {
    // Without the mark that some editors put before it.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const hint = /\.csv$/i.test(name) ? '. In Excel, save it as "CSV UTF-8"' : ''
    return { fault: `must be UTF-8, and is something else${hint}` }
  }
}

function readBytes(name: string): Uint8Array | undefined {
  try {
    return statSync(name).size > largest ? undefined : readFileSync(name)
  } catch (error) {
    throw new FileUnreadable(name, error)
  }
}
