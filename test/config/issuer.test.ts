import { describe, expect, test } from 'vitest'
import { linesAbout, load } from './files.ts'

const issuerOf = (issuer: string, more: { allow_gov_host?: boolean } = {}) =>
  load({}, { flags: { issuer, ...more } }).settings.issuer

describe('an issuer', () => {
  test.each([
    'http://localhost:3006',
    'https://vneid.example',
    'https://id.test.example:8443/',
    'https://vneid.gov.vn.example',
    'https://notvneid.gov.vn.example',
    'http://[::1]:3006',
  ])('may be %s', (issuer) => {
    expect(issuerOf(issuer)).toBe(issuer)
  })

  test.each([
    'https://vneid.gov.vn',
    'https://VNeID.gov.VN',
    'https://sso.vneid.gov.vn',
    'https://vneid.gov.vn.',
    'https://a.b.dancuquocgia.gov.vn:8443',
    'http://dichvucong.gov.vn/',
    'https://ｄichvucong.gov.vn',
  ])('may never be at a real service: %s', (issuer) => {
    expect(() => issuerOf(issuer, { allow_gov_host: true })).toThrow(
      expect.objectContaining({
        code: 'ERR_ISSUER_FORBIDDEN',
        issuer,
        message: `issuer "${issuer}" is not allowed: it is a real service’s domain. Use a host of your own.`,
      }),
    )
  })

  test.each(['https://portal.tinhmau.gov.vn', 'https://gov.vn', 'https://a.gov.vn.'])(
    'may be under gov.vn only when that is said: %s',
    (issuer) => {
      expect(() => issuerOf(issuer)).toThrow(
        `issuer "${issuer}" is not allowed: it is under gov.vn. If the host is yours and for tests only, add --allow-gov-host.`,
      )
      expect(issuerOf(issuer, { allow_gov_host: true })).toBe(issuer)
    },
  )

  test.each([
    'http://localhost:3006/vneid',
    'http://localhost:3006?a=b',
    'http://localhost:3006?',
    'http://localhost:3006#a',
    'http://localhost:3006/#',
    'http://me:secret@localhost:3006',
  ])('is an origin and nothing more: %s', (issuer) => {
    expect(() => issuerOf(issuer)).toThrow(
      `issuer "${issuer.replace('me:secret', '…')}" is not allowed: it must be an origin without path, query or fragment. Say http://localhost:3006`,
    )
  })

  test.each(['ftp://localhost', 'localhost:3006', 'javascript:alert(1)', '/', ''])(
    'speaks HTTP: %j',
    (issuer) => {
      expect(linesAbout({}, { flags: { issuer } })).toEqual([
        `issuer | must be an absolute http or https URL, got "${issuer}" (--issuer)`,
      ])
    },
  )
})
