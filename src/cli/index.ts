/**
 * The command line: arguments in, a running mock or one clear message out.
 *
 * ```
 * start    serve until Ctrl-C           doctor   why do portal and provider not meet?
 * portal   serve the demo portal alone  reload   let a running mock read its files again
 * health   is a mock ready?             config   every setting, and who said so
 *
 * of a mock that runs, through the control API:
 * login    be somebody, as JSON         clock    read, freeze, set, advance, thaw
 * worlds   list, create, end            journal  what happened, and what happens
 *
 * here, or of a mock that runs:
 * people   list, search, show, explain, check, export
 * ```
 *
 * The only room that prints, and the only one that decides how the process ends: 0 when all went
 * well, 1 when something is not as it should be, 2 when it was called or configured wrongly.
 *
 * Not here: anything the programmatic door cannot do.
 *
 * @module
 */

export { run, type ExitCode } from './run.ts'
