/**
 * The command line: arguments in, a running mock or one clear message out.
 *
 * The only room that prints, and the only one that decides how the process ends: 0 when all went
 * well, 2 when it was called or configured wrongly.
 *
 * Not here: anything the programmatic door cannot do.
 *
 * @module
 */

export { run, type ExitCode } from './run.ts'
