import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { aProvider, asPortal, discoveryWith, findings, ills, look } from './provider.ts'

const services = ['vneid.gov.vn', 'dancuquocgia.gov.vn', 'dichvucong.gov.vn']
const nobody = { fetch: () => expect.unreachable('a real service was asked') }

test.each(
  services.flatMap((domain) => [
    `https://${domain}`,
    `https://sso.${domain}:443/oauth2`,
    `http://${domain.toUpperCase()}.`,
  ]),
)('%s is a real service: nothing is asked of it', async (issuer) => {
  const diagnosis = await look(issuer, { ...asPortal, ...nobody })

  expect(ills(diagnosis)).toEqual(['real-service wrong'])
  expect(diagnosis.findings[0]?.what).toMatch(/Nothing was asked of it\.$/)
})

test.each(['https://notvneid.gov.vn', 'https://vneid.gov.vn.example.vn'])(
  '%s only sounds like one',
  async (issuer) => {
    const diagnosis = await look(issuer, { fetch: () => Promise.reject(new Error('no network')) })

    expect(ills(diagnosis)).toEqual(['connection wrong'])
  },
)

test('no issuer of ours may be where this refuses to ask', () => {
  for (const domain of services)
    expect(() =>
      loadConfig({
        flags: { issuer: `https://${domain}`, allow_gov_host: true },
        environment: {},
        clock: systemClock,
      }),
    ).toThrow(expect.objectContaining({ code: 'ERR_ISSUER_FORBIDDEN' }))
})

test.each(['token_endpoint', 'authorization_endpoint', 'jwks_uri', 'userinfo_endpoint'])(
  'a discovery document whose %s leads to a real service is found out, and not followed',
  async (key) => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ [key]: 'https://sso.dancuquocgia.gov.vn/x' })),
    )
    const called: string[] = []

    const diagnosis = await look(origin, {
      ...asPortal,
      fetch: (input, init) => {
        called.push(new URL(input instanceof Request ? input.url : input).hostname)
        return fetch(input, init)
      },
    })

    expect(findings(diagnosis, 'real-service')[0]?.verdict).toBe('wrong')
    expect([...new Set(called)]).toEqual(['127.0.0.1'])
  },
)

test('an authorization request that leads to a real service is not followed', async () => {
  const { origin } = await aProvider({
    '/auth': () => ({ status: 302, headers: { Location: 'https://vneid.gov.vn/login' } }),
  })

  const diagnosis = await look(origin, asPortal)

  expect(ills(diagnosis)).toEqual(['real-service wrong'])
})
