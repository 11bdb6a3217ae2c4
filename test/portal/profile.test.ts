import { expect, test } from 'vitest'
import { defaultAcrNames } from '../../src/portal/index.ts'
import { displayName, profileOf } from '../../src/portal/profile.ts'
import type { Identity } from '../../src/portal/relying-party.ts'

const times = { iss: 'http://localhost:3006', aud: 'demo-portal', iat: 0, exp: 60 }

const child: Identity = {
  idToken: 'kept-on-the-server',
  claims: {
    ...times,
    sub: 'sub-of-a-child',
    acr: 'urn:mock-vneid:level:2',
    amr: ['pwd', 'otp', 'mfa'],
    auth_time: Date.UTC(2026, 0, 15, 2) / 1000,
    authentication_level: 2,
    act: { sub: 'sub-of-a-parent', name: 'Lê Văn Cha' },
  },
  profile: {
    sub: 'sub-of-a-child',
    name: 'Lê Thị Con',
    account_level: 1,
    address: { formatted: '12 Phố Mẫu', country: 'VN' },
    updated_at: 0,
  },
}

test('a parent who acts for a child is told apart from the child', () => {
  expect(profileOf(child, defaultAcrNames, 'vi')).toMatchObject({
    name: 'Lê Thị Con',
    actor: 'Lê Văn Cha',
    accountLevel: 1,
    acr: { name: 'urn:mock-vneid:level:2', scale: 'level', value: 2 },
    authenticationLevel: 2,
    signedInAt: '09:00:00 ngày 15/01/2026',
  })
})

test('a claim that has parts is shown part by part, and a moment as a moment', () => {
  const { rows } = profileOf(child, defaultAcrNames, 'en')

  expect(rows).toEqual([
    { claim: 'sub', path: 'sub', value: 'sub-of-a-child' },
    { claim: 'name', path: 'name', value: 'Lê Thị Con' },
    { claim: 'account_level', path: 'account_level', value: '1' },
    { claim: 'address', path: 'address.formatted', value: '12 Phố Mẫu' },
    { claim: 'address', path: 'address.country', value: 'VN' },
    { claim: 'updated_at', path: 'updated_at', value: expect.stringContaining('1 January 1970') },
  ])
})

test('an organisation is called by its own name, and by its sub when it has none', () => {
  const claims = { ...times, sub: 'sub-of-a-company' }
  const named = { sub: claims.sub, organization: { name: 'Công ty TNHH Mẫu' } }

  expect(displayName({ idToken: '', claims, profile: named })).toBe('Công ty TNHH Mẫu')
  expect(displayName({ idToken: '', claims, profile: { sub: claims.sub } })).toBe(claims.sub)
})

test('a level of a name that the portal does not know is shown as it is', () => {
  const claims = { ...child.claims, acr: 'urn:example:gold' }

  expect(profileOf({ ...child, claims }, defaultAcrNames, 'vi').acr).toEqual({
    name: 'urn:example:gold',
  })
})
