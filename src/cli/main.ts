#!/usr/bin/env node
import { run } from './run.ts'

// Whoever reads only the first lines ("| head") has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`nothing more can be written: ${error.message}\n`)
  process.exit(1)
})

process.exitCode = await run(process.argv.slice(2))
