/**
 * What every room that speaks HTTP needs: listening on both loopback addresses, closing without
 * cutting anyone off, telling a right Host from a wrong one, and reading a cookie that nobody
 * signed.
 *
 * Not here: routes and pages.
 *
 * @module
 */

export { isBrokenConnection } from './broken-connection.ts'
export { readCookie } from './cookies.ts'
export { matchHost, type HostMatch } from './hosts.ts'
export {
  HostNotHere,
  listen,
  listenOnLoopback,
  PortInUse,
  type Listening,
  type ListenOptions,
} from './listen.ts'
