import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface FileWatch {
  close(): void
}

/** How often files are looked at, in milliseconds. */
const everyMs = 1000

/**
 * Notices when any of these files changes, appears or goes, and of a folder any file in it, by
 * looking: a folder that is mounted into a container sends no events. A change counts once the
 * files have stood still between two looks, so that nothing half-written is read. Keeps no process
 * alive.
 */
export function watchFiles(files: readonly string[], onChange: () => void): FileWatch {
  let known: string | undefined
  let seen: string | undefined
  let isClosed = false
  let timer: NodeJS.Timeout
  const look = async () => {
    const now = await fingerprint(files)
    if (isClosed) return
    known ??= now
    const isStill = now === seen
    seen = now
    if (now !== known && isStill) {
      known = now
      onChange()
    }
    timer = setTimeout(() => void look(), everyMs).unref()
  }
  timer = setTimeout(() => void look(), 0).unref()
  return {
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

async function fingerprint(files: readonly string[]): Promise<string> {
  const marks = files.map(async (file) => {
    try {
      const found = await stat(file)
      if (found.isDirectory())
        return await fingerprint((await readdir(file)).toSorted().map((name) => join(file, name)))
      const { mtimeMs, size, ino } = found
      return `${mtimeMs} ${size} ${ino}`
    } catch {
      return 'absent'
    }
  })
  return (await Promise.all(marks)).join('\n')
}
