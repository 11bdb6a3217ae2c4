import { inShort } from './connection.ts'
import {
  isForSomeBrowsers,
  readCookies,
  whyLost,
  whyMissing,
  whyNotKept,
  type Cookie,
} from './cookies.ts'
import { ok, unknown, warning, wrong, type Finding } from './diagnosis.ts'
import { isAnswer, type Answer, type NoAnswer, type Probe, type Reply } from './probe.ts'
import { list, quote } from './quote.ts'
import { wrongHost } from './wrong-host.ts'

/**
 * Follows an authorization request to its sign-in page, as a browser does: with the cookies that it
 * would keep and send. Where the page does not open, it is asked for again, so that what differs
 * from time to time is not blamed on cookies, and then with the lost ones too, which tells whether
 * they are to blame.
 */
export async function examineCookies(
  authorization: Answer,
  page: URL,
  probe: Probe,
): Promise<Finding> {
  const cookies = readCookies(authorization.headers, authorization.url)
  const sent = cookies.filter((cookie) => whyLost(cookie, page) === undefined)
  const asBrowser = await open(page, sent, probe)
  if (isAnswer(asBrowser) && asBrowser.status === 421) return wrongHost(asBrowser, probe)
  if (opens(asBrowser)) {
    // A cookie that is kept, but not sent here, may be meant for another page.
    const thrownAway = lostOf(cookies, whyNotKept)
    if (thrownAway.length > 0) return lostButOpens(thrownAway)
    const some = cookies.filter(isForSomeBrowsers)
    return some.length > 0 ? lostInSafari(some) : await allKept(cookies, page, probe)
  }
  if (!isAnswer(asBrowser)) return unreachable(page, asBrowser)
  if (opens(await open(page, sent, probe))) return wavers(page, asBrowser)
  const lost = lostOf(cookies, (cookie) => whyMissing(cookie, page))
  const all = [...sent, ...lost.map(({ cookie }) => cookie)]
  if (lost.length > 0 && opens(await open(page, all, probe))) return lostCookies(lost, page)
  return doesNotOpen(asBrowser, cookies)
}

type Lost = readonly { cookie: Cookie; reason: string }[]

const lostOf = (
  cookies: readonly Cookie[],
  why: (cookie: Cookie) => string | undefined,
): { cookie: Cookie; reason: string }[] =>
  cookies.flatMap((cookie) => {
    const reason = why(cookie)
    return reason === undefined ? [] : [{ cookie, reason }]
  })

const open = (page: URL, cookies: readonly Cookie[], probe: Probe) =>
  probe(page, {
    headers: {
      Accept: 'text/html',
      ...(cookies.length > 0 && {
        Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      }),
    },
  })

/** A further redirect is a page too, for one who does not follow it. */
const opens = (reply: Reply) => isAnswer(reply) && reply.status < 400

async function allKept(cookies: readonly Cookie[], page: URL, probe: Probe): Promise<Finding> {
  if (cookies.length === 0)
    return ok(
      'cookies',
      'the sign-in page opens, and the authorization request set no cookie to lose.',
    )
  const needsThem = !opens(await open(page, [], probe))
  return ok(
    'cookies',
    `a browser keeps the cookies of an authorization request, and the sign-in page opens with them${needsThem ? ' (without them it does not)' : ''}.`,
  )
}

const named = (lost: Lost) =>
  list(lost.map(({ cookie, reason }) => `${quote(cookie.name)} (${reason})`))

function lostCookies(lost: Lost, page: URL): Finding {
  return wrong('cookies', {
    what: `on the way to the sign-in page at ${page.host}, a browser loses ${lost.length === 1 ? 'the cookie' : 'the cookies'} ${named(lost)}.`,
    why: 'The page needs it: everybody who signs in sees "session not found" or starts again and again. With the cookie it opens.',
    fix: fixFor(lost),
  })
}

function lostButOpens(lost: Lost): Finding {
  return warning('cookies', {
    what: `a browser loses ${lost.length === 1 ? 'the cookie' : 'the cookies'} ${named(lost)}.`,
    why: 'The sign-in page opens without, but what comes after it may not.',
    fix: fixFor(lost),
  })
}

function lostInSafari(cookies: readonly Cookie[]): Finding {
  return warning('cookies', {
    what: `${list(cookies.map(({ name }) => quote(name)))} ${cookies.length === 1 ? 'is' : 'are'} Secure, and came over http.`,
    why: 'Chrome, Edge and Firefox keep such cookies for localhost; Safari does not, nor does any browser for another host.',
    fix: 'Use https (Mock VNeID: --tls self-signed), or do not mark cookies Secure on http.',
  })
}

function fixFor(lost: Lost): string {
  const reasons = lost.map(({ reason }) => reason).join()
  if (reasons.includes('belongs to') || reasons.includes('Domain'))
    return 'Use one host name throughout: in the issuer, in the portal’s settings and in the browser. localhost and 127.0.0.1 are two.'
  if (reasons.includes('Path'))
    return 'A proxy puts the provider under a path that it does not know. Give it a host or port of its own, or let the proxy rewrite cookie paths (nginx: proxy_cookie_path).'
  if (reasons.includes('SameSite=None'))
    return 'Add Secure and serve https; or SameSite=Lax, which is enough for a redirect.'
  return 'Serve the provider by https throughout (Mock VNeID: --tls self-signed, or a proxy that sends X-Forwarded-Proto from an address in --trusted-proxies), or do not mark cookies Secure on http.'
}

const unreachable = (page: URL, reply: NoAnswer): Finding =>
  unknown('cookies', {
    what: `the sign-in page at ${page.host} cannot be reached from here: ${inShort(reply)}.`,
    why: 'Only browsers go there. Inside a container that may be as it should be.',
    fix: `Open ${page.origin} in the browser that signs in, or run this where it runs.`,
  })

const wavers = (page: URL, { status }: Answer): Finding =>
  wrong('cookies', {
    what: `the sign-in page at ${page.host} answered ${status} at first, and opened when asked again with the same cookies.`,
    why: 'People are refused in the middle of a sign-in, now and then. Several replicas answer by turns, and one does not know what another remembers.',
    fix: 'Give all replicas one --store (redis://…), or run a single one.',
  })

function doesNotOpen({ status }: Answer, cookies: readonly Cookie[]): Finding {
  return wrong('cookies', {
    what: `the sign-in page answers ${status}, even with ${cookies.length === 0 ? 'no cookie to lose' : 'every cookie it set'}.`,
    why: 'Nobody can sign in. Either what it remembered a moment ago is gone (replicas without a common store), or a proxy takes the cookies away.',
    fix: 'Let the proxy pass Cookie and Set-Cookie on, give all replicas one --store, and look at the provider’s log.',
  })
}
