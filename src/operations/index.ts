/**
 * What whoever runs the mock needs of it: is it alive, is it ready, how much does it do, what
 * happened in which request, and how it is told to read its files again.
 *
 * ```
 * request ─▶ id · count · time ─▶ /healthz /readyz ─▶ (Host) ─▶ /metrics ─▶ the world
 *                │                                                            │
 *                └───────────── log ◀── the id of the request ◀───────────────┘
 * ```
 *
 * Counting is a few additions; the library that speaks Prometheus is loaded when somebody asks for
 * `/metrics`, never on the way to a sign-in.
 *
 * Not here: printing and signals (cli), which Host may ask (whoever joins this to a server), and
 * what a reload replaces (accounts, clients).
 *
 * @module
 */

export { describeError, type ErrorDescribed } from './describe-error.ts'
export { createOperations, type Operations, type OperationsOptions } from './operations.ts'
export { claimPidFile, findProcess, type PidFile, type ProcessFound } from './pid-file.ts'
export { Readiness, type ReadinessCheck } from './readiness.ts'
export { watchFiles, type FileWatch } from './watch-files.ts'
