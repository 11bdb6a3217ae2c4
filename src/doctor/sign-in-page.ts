import { inShort } from './connection.ts'
import { isForSomeBrowsers, readCookies, whyLost, whyNotKept, type Cookie } from './cookies.ts'
import { ok, unknown, warning, wrong, type Finding } from './diagnosis.ts'
import { isAnswer, type Answer, type Probe, type Reply } from './probe.ts'
import { list, quote } from './quote.ts'
import { wrongHost } from './wrong-host.ts'

/**
 * Follows an authorization request to its sign-in page, as a browser does: with the cookies that it
 * would keep and send, and, where those are not all, with all of them and with none, which tells
 * whether the lost ones are to blame.
 */
export async function examineCookies(
  authorization: Answer,
  page: URL,
  probe: Probe,
): Promise<Finding> {
  const cookies = readCookies(authorization.headers, authorization.url)
  const lost = cookies.flatMap((cookie) => {
    const reason = whyLost(cookie, page)
    return reason === undefined ? [] : [{ cookie, reason }]
  })
  const kept = cookies.filter((cookie) => lost.every((each) => each.cookie !== cookie))
  const asBrowser = await open(page, kept, probe)
  if (isAnswer(asBrowser) && asBrowser.status === 421) return wrongHost(asBrowser)
  if (opens(asBrowser)) {
    // A cookie that is kept, but not sent here, may be meant for another page.
    const thrownAway = lost.filter(({ cookie }) => whyNotKept(cookie) !== undefined)
    if (thrownAway.length > 0) return lostButOpens(thrownAway)
    const some = cookies.filter(isForSomeBrowsers)
    return some.length > 0 ? lostInSafari(some) : await allKept(cookies, page, probe)
  }
  if (lost.length > 0 && opens(await open(page, cookies, probe))) return lostCookies(lost, page)
  return doesNotOpen(page, asBrowser, cookies)
}

type Lost = readonly { cookie: Cookie; reason: string }[]

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

function doesNotOpen(page: URL, reply: Reply, cookies: readonly Cookie[]): Finding {
  if (!isAnswer(reply))
    return unknown('cookies', {
      what: `the sign-in page at ${page.host} cannot be reached from here: ${inShort(reply)}.`,
      why: 'Only browsers go there. Inside a container that may be as it should be.',
      fix: `Open ${page.origin} in the browser that signs in, or run this where it runs.`,
    })
  return wrong('cookies', {
    what: `the sign-in page answers ${reply.status}, even with ${cookies.length === 0 ? 'no cookie to lose' : 'every cookie it set'}.`,
    why: 'Nobody can sign in. Either what it remembered a moment ago is gone (replicas without a common store), or a proxy takes the cookies away.',
    fix: 'Let the proxy pass Cookie and Set-Cookie on, give all replicas one --store, and look at the provider’s log.',
  })
}
