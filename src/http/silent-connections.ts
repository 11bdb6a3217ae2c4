import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Follows the connections on which nothing was asked yet, such as those that browsers open ahead of
 * need: the server itself counts them as busy, and with TLS not at all before the handshake is
 * over. What is returned ends those that are open.
 */
export function followSilentConnections(server: Server): () => void {
  const silent = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    silent.set(name, socket)
    socket.once('close', () => {
      if (silent.get(name) === socket) silent.delete(name)
    })
  })
  server.on('request', ({ socket }) => silent.delete(nameOf(socket)))
  return () => {
    for (const socket of silent.values()) socket.destroy()
  }
}

/** With TLS, who asks is another socket than who connected, with the same two ends. */
const nameOf = ({ remoteAddress, remotePort, localAddress }: Socket) =>
  `${remoteAddress} ${remotePort} ${localAddress}`
