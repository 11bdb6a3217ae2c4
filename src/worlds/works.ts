import type { RequestListener } from 'node:http'
import type { TokenWorks } from '../control/index.ts'
import { callInside } from '../http/index.ts'
import { plannableClaims, planSignIn, type WorldProvider } from '../provider/index.ts'

/** What whoever drives a world asks of its provider, whichever it is at the moment. */
export function worksOf(world: {
  issuer: string
  provider: () => WorldProvider
  listener: RequestListener
}): TokenWorks {
  const scheme = new URL(world.issuer).protocol.slice(0, -1)
  return {
    plannableClaims,
    sessions: {
      list: (filter) => world.provider().sessions.list(filter),
      end: (whose) => world.provider().sessions.end(whose),
      sendLogoutToken: (whose) => world.provider().sessions.sendLogoutToken(whose),
    },
    mint: (asked, signal) => world.provider().tokens.mintMany(asked, signal),
    forgetPerson: (person) => world.provider().forgetPerson(person),
    expire: (what, whose) => world.provider().expire(what, whose),
    call: (request, plan) =>
      callInside(world.listener, {
        ...request,
        headers: { ...request.headers, 'x-forwarded-proto': scheme },
        prepare: (incoming) => {
          if (plan) planSignIn(incoming, plan)
        },
      }),
  }
}
