import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimPidFile, findProcess } from '../../src/operations/index.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-vneid-pid-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the pid file of a data folder', () => {
  test('leads to the process that wrote it', () => {
    claimPidFile(folder)

    expect(findProcess(folder)).toEqual({ is: 'running', pid: process.pid })
  })

  test('makes the folder where there is none yet', () => {
    const { path } = claimPidFile(join(folder, 'new'))

    expect(existsSync(path)).toBe(true)
  })

  test('is gone when it is released', () => {
    const file = claimPidFile(folder)

    file.release()

    expect(findProcess(folder)).toEqual({ is: 'unknown' })
  })

  test('stays when another process has taken it over', () => {
    const file = claimPidFile(folder)
    writeFileSync(file.path, '1\nother\n')

    file.release()

    expect(existsSync(file.path)).toBe(true)
  })

  test('of a process that has ended is known to be stale', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
    await once(child, 'spawn')
    claimPidFile(folder, child.pid)
    child.kill('SIGKILL')
    await once(child, 'close')

    expect(findProcess(folder)).toEqual({ is: 'gone', pid: child.pid })
  })

  test.runIf(process.platform === 'linux')('is stale when another has the number now', () => {
    const { path } = claimPidFile(folder)
    writeFileSync(path, `${process.pid}\n1\n`)

    expect(findProcess(folder)).toEqual({ is: 'gone', pid: process.pid })
  })

  test.each(['', 'x', '0\n', '-1\n', '99999999999\n'])('with "%s" in it leads nowhere', (text) => {
    writeFileSync(join(folder, 'mock-vneid.pid'), text)

    expect(findProcess(folder)).toEqual({ is: 'unknown' })
  })
})
