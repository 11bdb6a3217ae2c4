/**
 * How requests come in: under which names, through which proxies, and with whose certificate.
 *
 * ```
 * socket ─▶ TLS? ─▶ who is called, by what name? ─▶ an issuer's ─────────▶ everything
 *                     (proxies: only those listed)  ├ the internal name ──▶ what servers call
 *                                                   ├ this machine's ─────▶ what programs call
 *                                                   └ any other ──────────▶ 421, in words
 * ```
 *
 * Behind it, a request's Host and scheme are always those of an issuer, never what came by wire, so
 * that nobody further in need ask.
 *
 * Not here: listening (http), and what is answered (world, portal).
 *
 * @module
 */

export { withAssets } from './assets.ts'
export { openCertificate, type Certificate } from './certificate.ts'
export { createEntrance, type EntranceOptions } from './create-entrance.ts'
export { CertificateUnusable } from './errors.ts'
