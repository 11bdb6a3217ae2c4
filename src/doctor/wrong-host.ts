import { wrong, type Finding } from './diagnosis.ts'
import { objectIn, type Answer } from './probe.ts'
import { quote } from './quote.ts'

/** Somebody called the provider by a name that is not its own. RFC 9110 §15.5.20. */
export function wrongHost(answer: Answer): Finding {
  const { url } = answer
  const own = ownName(answer)
  return wrong('host', {
    what: `${url.host} says that this is not its name (421 misdirected_request)${own === undefined ? '' : `: its issuer is ${quote(own)}`}.`,
    why: 'Mock VNeID answers to the host of its issuer only. Under another name, cookies would be lost and tokens would carry a false issuer.',
    fix: `${own === undefined ? 'Call it by the issuer it printed at start.' : `Use ${own} in the portal’s settings.`} If ${url.origin} is how a portal’s server reaches it, start it with --issuer-mode split --internal-url ${url.origin}. If browsers use both names, with --issuer-mode follow and both in follow_origins. If a proxy stands before it, let it pass the Host on, or send X-Forwarded-Host from an address in --trusted-proxies.`,
  })
}

/** The issuer that our own refusal names, in JSON or on the page. */
function ownName(answer: Answer): string | undefined {
  const description = objectIn(answer)?.['error_description']
  const text = typeof description === 'string' ? description : answer.body
  const named = text.match(/https?:\/\/[\w.:[\]-]+/g) ?? []
  return named
    .map((name) => name.replace(/[.:]+$/, ''))
    .find((name) => URL.canParse(name) && new URL(name).origin !== answer.url.origin)
}
