import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MockVneidError } from '../kernel/index.ts'
import { followSilentConnections } from './silent-connections.ts'

/** Somebody else is listening where we wanted to. */
export class PortInUse extends MockVneidError {
  override readonly code = 'ERR_PORT_IN_USE'
  readonly port: number

  constructor(port: number, flag: string) {
    super(`port ${port} is in use. Choose another with ${flag}, or 0 for any free port.`)
    this.port = port
  }
}

/** A listener on both loopback addresses, so that `localhost` answers however it resolves. */
export interface Listening {
  port: number
  /** Stops listening, lets requests in flight finish, then ends idle connections. */
  close(): Promise<void>
}

export interface ListenOptions {
  /** `loopback`, or one address to bind. */
  host: string
  /** 0 for any free port. */
  port: number
  /** The flag that chooses the port, for the message when it is taken. */
  flag: string
  /** Serves https, and nothing else, with this certificate. */
  tls?: TlsMaterial | undefined
}

/** A certificate with its chain, and its private key, in PEM. */
export interface TlsMaterial {
  cert: string
  key: string
}

/** No request header block larger than this is read, in bytes. */
const maxHeaderSize = 16 * 1024

/** How long requests in flight may take to finish when the server closes. */
const graceMs = 5_000

/** How long a connection that says nothing is waited for then: its request may be on its way. */
const silenceMs = 200

/** The host that cannot be bound does not belong to this machine. */
export class HostNotHere extends MockVneidError {
  override readonly code = 'ERR_HOST_NOT_HERE'
  readonly host: string

  constructor(host: string) {
    super(`host "${host}" is no address of this machine. Say loopback, 0.0.0.0 or :: with --host.`)
    this.host = host
  }
}

/**
 * Listens where it is told to.
 *
 * @throws {@link PortInUse} When the port is taken.
 * @throws {@link HostNotHere} When this machine has no such address.
 */
export async function listen(
  listener: RequestListener,
  { host, port, flag, tls }: ListenOptions,
): Promise<Listening> {
  if (host === 'loopback') return listenOnLoopback(listener, { port, flag, tls })
  const listening = await listenOn(host, listener, { port, flag, tls })
  if (listening === undefined) throw new HostNotHere(host)
  return listening
}

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, with one port for both.
 *
 * @throws {@link PortInUse} When the port is taken on either address.
 */
export async function listenOnLoopback(
  listener: RequestListener,
  { port, flag, tls }: Omit<ListenOptions, 'host'>,
): Promise<Listening> {
  for (let attempt = 0; ; attempt++) {
    const first = await listenOn('127.0.0.1', listener, { port, flag, tls })
    if (first === undefined) throw new PortInUse(port, flag)
    try {
      const second = await listenOn('::1', listener, { port: first.port, flag, tls })
      const close = async () => void (await Promise.all([first.close(), second?.close()]))
      return { port: first.port, close }
    } catch (error) {
      await first.close()
      const isAnyPort = port === 0 && error instanceof PortInUse && attempt < 10
      if (!isAnyPort) throw error
    }
  }
}

const notHere = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN'])

/** Listens at one address; `undefined` where this machine has no such address. */
async function listenOn(
  host: string,
  listener: RequestListener,
  { port, flag, tls }: Omit<ListenOptions, 'host'>,
): Promise<Listening | undefined> {
  const limits = { maxHeaderSize, keepAliveTimeout: 5_000 }
  const server: Server = tls
    ? (await import('node:https')).createServer({ ...limits, ...tls }, listener)
    : createServer(limits, listener)
  // A client may close its half as soon as it has asked; the answer is still owed, unless
  // `endOnHangUp` says otherwise.
  Object.assign(server, { httpAllowHalfOpen: true })
  const endSilent = followSilentConnections(server)
  server.listen({ host, port, exclusive: true })
  try {
    await once(server, 'listening')
    return { port: (server.address() as AddressInfo).port, close: () => close(server, endSilent) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new PortInUse(port, flag)
    if (notHere.has(code ?? '')) return undefined
    throw error
  }
}

async function close(server: Server, endSilent: () => void): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const silence = setTimeout(endSilent, silenceMs)
  const force = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(silence)
  clearTimeout(force)
}
