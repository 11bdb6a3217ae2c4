import { vi } from 'vitest'
import { run } from '../../src/cli/index.ts'
import type { Ending } from './program.ts'

/** Runs a command line in this process, which is quicker: not for what signals and pipes do. */
export async function runHere(args: readonly string[]): Promise<Ending> {
  const said = { out: '', err: '' }
  const hear = (where: 'out' | 'err', end: string) => (text: unknown) => {
    said[where] += `${String(text)}${end}`
    return true
  }
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(hear('out', '\n')),
    vi.spyOn(console, 'error').mockImplementation(hear('err', '\n')),
    vi.spyOn(process.stdout, 'write').mockImplementation(hear('out', '')),
    vi.spyOn(process.stderr, 'write').mockImplementation(hear('err', '')),
  ]
  try {
    return { code: await run(args), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
