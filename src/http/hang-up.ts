import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Breaks a reply off when whoever asked closes their half of the connection before it has come. By
 * that alone nobody can tell who hung up from who only has no more to ask, and the answer is owed
 * to the latter; but what is given to one who waits must not be given to nobody.
 */
export function endOnHangUp({ socket }: IncomingMessage, response: ServerResponse): void {
  const hangUp = () => void response.destroy()
  if (socket.readableEnded) return hangUp()
  socket.once('end', hangUp)
  // The connection may be used again.
  response.once('close', () => socket.off('end', hangUp))
}
