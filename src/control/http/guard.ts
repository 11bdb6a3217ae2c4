import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { ControlRefused } from '../refused.ts'

export interface GuardOptions {
  /** Whose own pages may call. */
  issuer: string
  /** Whether whoever reaches us may call: only this machine does, or the operator said so. */
  isOpen: boolean
  /** What everybody else must show. Nobody may call without, unless it is open. */
  token?: string | undefined
}

/**
 * Lets in whoever may call. A page from elsewhere reaches loopback as well as a test does, so what
 * browsers say of where a request comes from is believed: they cannot be made to lie about it.
 *
 * @throws {@link ControlRefused} When they may not.
 */
export type Guard = (headers: IncomingHttpHeaders) => void

export function createGuard({ issuer, isOpen, token }: GuardOptions): Guard {
  const { origin: own } = new URL(issuer)
  return ({ origin, authorization, ...headers }) => {
    if (origin !== undefined && origin !== own) throw foreign(`a page of ${quoted(origin)}`, own)
    const site = headers['sec-fetch-site']
    if (site === 'cross-site' || site === 'same-site') throw foreign('a page of another site', own)
    if (!isOpen) checkToken(authorization, token)
  }
}

const foreign = (who: string, own: string) =>
  new ControlRefused({
    code: 'ERR_ORIGIN_FOREIGN',
    detail: `${who} may not control this mock: only programs, and pages of ${own}, may. Call it from a test, not from a page.`,
  })

/** What a stranger wrote, short enough to be shown. */
const quoted = (text: string) => JSON.stringify(text.slice(0, 100))

function checkToken(authorization: string | undefined, token: string | undefined): void {
  const [, given] = /^Bearer +([^ ]+) *$/i.exec(authorization ?? '') ?? []
  if (given !== undefined && token !== undefined && isSame(given, token)) return
  const which = given === undefined ? 'needs the control token' : 'has another control token'
  throw new ControlRefused({
    code: 'ERR_TOKEN_NEEDED',
    detail: `this mock ${which}: send "Authorization: Bearer <token>". It is the control_token of its settings (MOCK_VNEID_CONTROL_TOKEN), or is made up and printed when it starts.`,
  })
}

/** Takes as long whatever is given. */
const isSame = (given: string, token: string) => timingSafeEqual(digest(given), digest(token))

const digest = (text: string) => createHash('sha256').update(text).digest()
