import type { MockWorlds } from './api.ts'
import type { HttpCallerOptions } from './callers/over-http.ts'
import { AddressInvalid } from './callers/errors.ts'
import { createMocksDoor } from './doors/mocks-door.ts'

/** How to call a mock elsewhere. */
export type ConnectOptions = Omit<HttpCallerOptions, 'url'>

/**
 * The door to a mock that runs elsewhere: the same operations as in process, over HTTP.
 *
 * @example
 *   const mock = await connectMockVneid('http://localhost:3006')
 *   const world = await mock.world()
 *
 * @param url Its issuer, or that of one of its worlds: that world alone is behind the door then.
 * @throws {@link AddressInvalid} When that is none.
 * @throws {@link MockUnreachable} When nobody answers there.
 * @throws {@link NotAMock} When somebody else does.
 * @throws {@link ControlRefused} `ERR_TOKEN_NEEDED` When it wants the control token.
 */
export async function connectMockVneid(
  url: string | URL,
  options: ConnectOptions = {},
): Promise<MockWorlds> {
  const { origin, pathname } = addressIn(url)
  const { createHttpCaller } = await import('./callers/over-http.ts')
  const at = (path: string) => createHttpCaller({ ...options, url: `${origin}${path}` })
  const caller = at(pathname)
  const { name, issuer } = await caller.call('describe', {})
  // Inside and outside of a container, a mock may have two names: whichever led here leads on.
  return createMocksDoor(caller, {
    name,
    issuer,
    callerOf: (world) => at(new URL(world.issuer).pathname),
  })
}

function addressIn(url: string | URL): URL {
  const text = String(url)
  if (/^https?:\/\/[^/]/i.test(text) && URL.canParse(text)) return new URL(text)
  throw new AddressInvalid(text)
}
