import type { Provider } from 'oidc-provider'
import type { WorldTime } from './world-time.ts'

type Payload = Record<string, unknown>

/** What the library signs with: ID tokens, but also logout tokens, and replies as JWTs. */
interface Signer {
  payload: () => Promise<Payload>
  issue: (this: Signer, how: Issue) => Promise<string>
}

interface Issue {
  use: 'idtoken' | 'logout' | 'userinfo' | 'introspection' | 'authorization'
  /** In the library's time. */
  expiresAt?: number | null
}

/** Lets whatever this provider signs carry the world's time, as long as the world wants it so. */
export function installStamps(provider: Provider, time: WorldTime): void {
  const { prototype } = provider.IdToken as unknown as { prototype: Signer }
  const { issue } = prototype
  prototype.issue = async function issueInTheirTime(how) {
    if (time.isInStamps) {
      const payload = this.payload.bind(this)
      this.payload = async () => inWorldTime(await payload(), how, time)
    }
    return issue.call(this, how)
  }
}

/**
 * The library stamps a payload with `exp` and `iat` in its own time right before it signs. This one
 * takes both, and says them in the world's time: `exp` as far from `iat` as the library wanted it.
 */
function inWorldTime(payload: Payload, { expiresAt }: Issue, time: WorldTime): Payload {
  const said = timesInWorld(payload, ['auth_time'], time)
  const reply = said['token_introspection']
  if (reply) said['token_introspection'] = timesInWorld(reply as Payload, ['iat', 'exp'], time)

  const now = time.now()
  const library: { iat?: number | undefined; exp?: number | undefined; now?: number } = {}
  return Object.defineProperties(said, {
    iat: {
      enumerable: true,
      get: () => library.iat && now,
      set: (at: number | undefined) => {
        library.iat = at
      },
    },
    exp: {
      enumerable: true,
      get: () => {
        if (library.exp === undefined) return undefined
        if (expiresAt) return expiresAt + time.ahead()
        return now + library.exp - (library.iat ?? library.now!)
      },
      set: (at: number | undefined) => {
        Object.assign(library, { exp: at, now: time.realNow() })
      },
    },
  })
}

/** These members of it, where they are times, in the world's time. */
export function timesInWorld(payload: Payload, names: readonly string[], time: WorldTime): Payload {
  const moved = { ...payload }
  for (const name of names) if (typeof moved[name] === 'number') moved[name] += time.ahead()
  return moved
}
