import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** What stands between a mock and its Redis, and stops passing anything on when it is told to. */
export class FreezingProxy {
  readonly port: number
  readonly #server: Server
  readonly #sockets = new Map<Socket, 'client' | 'server'>()
  /** How many replies still pass. */
  #left = Infinity
  #isMuteOnly = false

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  /** Starts one. Whoever starts it ends it. */
  static async before(port: number): Promise<FreezingProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const proxy = new FreezingProxy(server)
    server.on('connection', (client) => proxy.#join(client, connect(port, '127.0.0.1')))
    return proxy
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** After so many replies nothing passes, in either direction, and nobody is told. */
  freezeAfter(replies: number): void {
    this.#left = replies
    if (replies === 0)
      for (const [socket, from] of this.#sockets) if (this.#isHeld(from)) socket.pause()
  }

  /** After so many replies Redis still hears everything, and nobody hears Redis. */
  muteAfter(replies: number): void {
    this.#isMuteOnly = true
    this.freezeAfter(replies)
  }

  /** What waited passes, in order. */
  thaw(): void {
    this.#left = Infinity
    this.#isMuteOnly = false
    for (const socket of this.#sockets.keys()) socket.resume()
  }

  async end(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      const side = from === server ? 'server' : 'client'
      this.#sockets.set(from, side)
      from.on('data', (data) => {
        to.write(data)
        if (from === server && --this.#left === 0) this.freezeAfter(0)
      })
      from.on('error', () => {})
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      if (this.#left <= 0 && this.#isHeld(side)) from.pause()
    }
  }

  #isHeld(from: 'client' | 'server'): boolean {
    return from === 'server' || !this.#isMuteOnly
  }
}
