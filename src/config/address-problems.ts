import { isIP } from 'node:net'
import type { Problem } from '../kernel/index.ts'
import type { Settings } from './settings.ts'

/** The settings that {@link addressProblems} compares. */
export const addressSettings: readonly (keyof Settings)[] = [
  'issuer',
  'issuer_mode',
  'internal_url',
  'follow_origins',
  'portal_url',
  'tls',
  'tls_cert',
  'tls_key',
]

/** What settings of names and certificates say against one another. */
export function addressProblems(settings: Settings): Problem[] {
  const { issuer_mode: mode, internal_url: internalUrl, tls, tls_cert, tls_key } = settings
  const problems: Problem[] = []
  if (mode === 'split' && internalUrl === undefined)
    problems.push({
      path: ['issuer_mode'],
      message:
        'must have internal_url beside it, the origin at which servers reach us (http://provider:3006)',
    })
  if (tls === 'files' && (tls_cert === undefined || tls_key === undefined))
    problems.push({ path: ['tls'], message: 'must have tls_cert and tls_key beside it' })
  return tls === 'off' ? problems : [...problems, ...plainUrls(settings)]
}

/** With TLS there is no http listener any more, so that these would lead nowhere. */
function plainUrls(settings: Settings): Problem[] {
  const { issuer, portal_url, internal_url, issuer_mode: mode, follow_origins } = settings
  const named: [path: Problem['path'], url: string | undefined][] = [
    [['issuer'], issuer],
    [['portal_url'], portal_url],
    [['internal_url'], mode === 'split' ? internal_url : undefined],
    ...follow_origins.map((url, index): [Problem['path'], string | undefined] => [
      ['follow_origins', index],
      mode === 'follow' ? url : undefined,
    ]),
  ]
  return named
    .filter(([, url]) => url !== undefined && !/^https:/i.test(url))
    .map(([path]) => ({ path, message: 'must begin with https:// where tls is on' }))
}

/** Whether a certificate can be for it: a DNS name, perhaps `*.` and one, or an address. */
export const isCertifiable = (text: string): boolean =>
  isIP(text) !== 0 ||
  /^(\*\.)?[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(text)
