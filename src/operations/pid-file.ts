import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface PidFile {
  path: string
  /** Removes it, if it is still ours. */
  release(): void
}

const pathIn = (folder: string) => join(folder, 'mock-vneid.pid')

/**
 * Writes down which process uses a data folder, so that others can call it. The last one to come is
 * the one that is called.
 */
export function claimPidFile(folder: string, pid: number = process.pid): PidFile {
  const path = pathIn(folder)
  const text = `${pid}\n${birthOf(pid)}\n`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(path, text)
  return {
    path,
    release: () => {
      if (read(path) === text) rmSync(path, { force: true })
    },
  }
}

/** What a pid file says. */
export type ProcessFound =
  | { is: 'running'; pid: number }
  /** The file is there, and the process is not, or another has its number now. */
  | { is: 'gone'; pid: number }
  | { is: 'unknown' }

/** The process that uses a data folder. */
export function findProcess(folder: string): ProcessFound {
  const [first = '', birth = ''] = (read(pathIn(folder)) ?? '').split('\n')
  if (!/^[1-9]\d{0,9}$/.test(first)) return { is: 'unknown' }
  const pid = Number(first)
  return { is: isAlive(pid) && birthOf(pid) === birth ? 'running' : 'gone', pid }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, where Linux tells: numbers are given again, these are not. */
function birthOf(pid: number): string {
  const status = read(`/proc/${pid}/stat`)
  return status?.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
