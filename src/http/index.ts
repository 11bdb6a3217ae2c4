/**
 * What every room that speaks HTTP needs: listening, closing without cutting anyone off, knowing by
 * what name and through which proxies somebody called, calling servers of our own by https, and
 * reading a cookie that nobody signed.
 *
 * Not here: routes and pages, and which names are right (entrance).
 *
 * @module
 */

export { isBrokenConnection } from './broken-connection.ts'
export {
  callInside,
  type InsideCookie,
  type InsideReply,
  type InsideRequest,
} from './call-inside.ts'
export { isHostOf, isInternal, markInternal, readCall, type Call } from './calls.ts'
export { readCookie } from './cookies.ts'
export { endOnHangUp } from './hang-up.ts'
export {
  HostNotHere,
  listen,
  listenOnLoopback,
  PortInUse,
  type Listening,
  type ListenOptions,
  type TlsMaterial,
} from './listen.ts'
export { isAddressOrRange, trust, type IsTrusted } from './trusted-proxies.ts'
export { createTrustingFetch, type Fetch } from './trusting-fetch.ts'
