import { hideUser, MockVneidError } from '../kernel/index.ts'

/** Domains of the real services: nothing of ours may ever stand under them. */
const realServices = ['vneid.gov.vn', 'dancuquocgia.gov.vn', 'dichvucong.gov.vn']

/** Somebody wants this mock to pass for a real service. */
export class IssuerForbidden extends MockVneidError {
  override readonly code = 'ERR_ISSUER_FORBIDDEN'
  readonly issuer: string

  constructor(issuer: string, why: string) {
    super(`issuer "${hideUser(issuer)}" is not allowed: ${why}`)
    this.issuer = issuer
  }
}

/** @throws {@link IssuerForbidden} When the issuer is at a real service's domain, or one like it. */
export function checkIssuer(issuer: string, allowGovHost: boolean): void {
  const { hostname, search, hash, pathname, username, password } = new URL(issuer)
  const host = hostname.replace(/\.+$/, '')
  const isUnder = (domain: string) => host === domain || host.endsWith(`.${domain}`)
  if (realServices.some(isUnder))
    throw new IssuerForbidden(issuer, 'it is a real service’s domain. Use a host of your own.')
  if (isUnder('gov.vn') && !allowGovHost)
    throw new IssuerForbidden(
      issuer,
      'it is under gov.vn. If the host is yours and for tests only, add --allow-gov-host.',
    )
  if (search || hash || username || password || pathname !== '/' || /[?#]$/.test(issuer))
    throw new IssuerForbidden(
      issuer,
      `it must be an origin without path, query or fragment. Say ${new URL(issuer).origin}`,
    )
}
