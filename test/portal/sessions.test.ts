import { beforeEach, describe, expect, test } from 'vitest'
import { systemRandom } from '../../src/kernel/index.ts'
import type { Identity } from '../../src/portal/relying-party.ts'
import { Sessions } from '../../src/portal/sessions.ts'

const minutes = 60 * 1000
const attempt = { nonce: 'n', codeVerifier: 'v', returnTo: '/' }
let now = 0
let sessions: Sessions

function identity(sub: string, sid?: string): Identity {
  const times = { iss: 'http://localhost:3006', aud: 'demo-portal', iat: 0, exp: 60 }
  return { idToken: '', claims: { ...times, sub, ...(sid && { sid }) }, profile: { sub } }
}

beforeEach(() => {
  now = 0
  sessions = new Sessions({ now: () => now }, systemRandom)
})

describe('a session', () => {
  test('lasts half an hour from its last use', () => {
    const { id } = sessions.open()
    now += 29 * minutes
    expect(sessions.find(id)).toBeDefined()
    now += 29 * minutes
    expect(sessions.find(id)).toBeDefined()
    now += 30 * minutes

    expect(sessions.find(id)).toBeUndefined()
  })

  test('has one id before and another after signing in', () => {
    const before = sessions.open()
    const after = sessions.signIn(before, identity('sub-of-anna'))

    expect(sessions.find(before.id)).toBeUndefined()
    expect(sessions.find(after.id)?.identity?.claims.sub).toBe('sub-of-anna')
  })

  test('remembers the twenty sign-ins begun last', () => {
    const session = sessions.open()
    for (let n = 1; n <= 21; n++) sessions.expect(session, `state-${n}`, attempt)

    expect([...session.attempts.keys()]).toHaveLength(20)
    expect(session.attempts.has('state-1')).toBe(false)
    expect(session.attempts.has('state-21')).toBe(true)
  })

  test('passes what a person filed on to that person only', () => {
    const filing = { number: 'MAU-1', serviceId: 'passport', filedAt: 0 }
    const first = sessions.signIn(sessions.open(), identity('sub-of-anna'))
    first.filings.push(filing)

    const stepUp = sessions.signIn(first, identity('sub-of-anna'))
    const other = sessions.signIn(stepUp, identity('sub-of-bo'))

    expect(stepUp.filings).toEqual([filing])
    expect(other.filings).toEqual([])
  })
})

describe('signing out from outside', () => {
  const isSignedIn = ({ id }: { id: string }) => sessions.find(id)?.identity !== undefined

  test('by sid ends that sign-in and no other of the same person', () => {
    const desk = sessions.signIn(sessions.open(), identity('sub-of-anna', 'desk'))
    const phone = sessions.signIn(sessions.open(), identity('sub-of-anna', 'phone'))

    sessions.signOutAllOf({ sid: 'desk', sub: 'sub-of-anna' })

    expect([desk, phone].map(isSignedIn)).toEqual([false, true])
  })

  test('by sub ends every sign-in of that person', () => {
    const desk = sessions.signIn(sessions.open(), identity('sub-of-anna', 'desk'))
    const phone = sessions.signIn(sessions.open(), identity('sub-of-anna', 'phone'))
    const other = sessions.signIn(sessions.open(), identity('sub-of-bo', 'desk-of-bo'))

    sessions.signOutAllOf({ sub: 'sub-of-anna' })

    expect([desk, phone, other].map(isSignedIn)).toEqual([false, false, true])
  })

  test('leaves nothing of the person, and the sign-ins under way', () => {
    const acr = 'urn:mock-vneid:level:2'
    const { claims, ...rest } = identity('sub-of-anna')
    const session = sessions.signIn(sessions.open(), { ...rest, claims: { ...claims, acr } })
    const { csrfToken } = session
    session.filings.push({ number: 'MAU-1', serviceId: 'passport', filedAt: 0 })
    sessions.expect(session, 'of-bo', attempt)

    sessions.signOutAllOf({ sub: 'sub-of-anna' })
    const found = sessions.find(session.id)

    expect(found).toMatchObject({ filings: [], provenAcrs: new Set() })
    expect(found?.csrfToken).not.toBe(csrfToken)
    expect(found?.attempts.get('of-bo')).toBe(attempt)
  })
})
