import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { startMock, type TestMock } from '../../support/mock.ts'

/** As it may come in an address or a form: what UTF-8 cannot have, what ends lines, what is nothing. */
const strange = [
  '%ED%A0%80',
  '%ED%BF%BF',
  '%FF',
  '%',
  '%u D800',
  '%00',
  '%0D%0A',
  '%EF%BF%BD',
  '%F0%9F',
]

const code = 'response_type=code&redirect_uri=http://localhost:8080/cb'
const basic = (id: string) => `Basic ${Buffer.from(`${id}:secret`, 'latin1').toString('base64')}`

/** All that a stranger may say in a request that is answered, and never by an error of ours. */
async function answered(mock: TestMock, path: string, init: RequestInit = {}): Promise<string> {
  const reply = await fetch(`${mock.issuer}${path}`, { redirect: 'manual', ...init })
  return reply.status < 500 ? 'answered' : `${reply.status} to ${path} ${JSON.stringify(init)}`
}

const form = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body,
})

test.each(strange)('%s in an address, a form, a header or a cookie is answered', async (odd) => {
  const mock = await startMock()
  const claims = encodeURIComponent(
    '{"id_token":{"sub":{"value":"\\ud800"},"acr":{"value":"\\ud800"}}}',
  )
  const requests: [string, RequestInit?][] = [
    [`/auth?client_id=${odd}&${code}&scope=openid`],
    [`/auth?client_id=test-rp&${code}&scope=openid${odd}&login_hint=${odd}&state=${odd}`],
    [`/auth?client_id=test-rp&${code}&scope=openid&login_hint=auto:${odd}`],
    [`/auth?client_id=test-rp&${code}&scope=openid&login_hint=auto:child-13:${odd}`],
    [`/auth?client_id=test-rp&${code}&scope=openid&acr_values=${odd}&ui_locales=${odd}`],
    [`/auth?client_id=test-rp&${code}&scope=openid&claims=${claims}&login_hint=auto:child-13`],
    [`/auth?client_id=test-rp&request_uri=urn:ietf:params:oauth:request_uri:${odd}`],
    [`/auth/${odd}`],
    [`/sign-in/${odd}`],
    [`/session/end?client_id=${odd}&id_token_hint=${odd}`],
    [`/w/${odd}/auth`],
    ['/token', form(`grant_type=authorization_code&code=${odd}&client_id=${odd}`)],
    [
      '/token',
      form(`grant_type=refresh_token&refresh_token=${odd}`, { authorization: basic(odd) }),
    ],
    ['/token', form(`grant_type=authorization_code&code=${odd}`, { authorization: basic('\xff') })],
    ['/token/introspection', form(`token=${odd}&client_id=${odd}`)],
    ['/token/revocation', form(`token=${odd}&client_id=${odd}`)],
    ['/me', { headers: { authorization: `Bearer ${odd}` } }],
    ['/me', { headers: { authorization: 'Bearer \xff' } }],
    [`/_mock/people/${odd}`],
    [`/_mock/sessions?person=${odd}`],
    [
      '/_mock/sessions/logout-token',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"session":"\\ud800"}',
      },
    ],
  ]
  const names = [
    'mock_vneid_default',
    'mock_vneid_default_sign_in',
    'mock_vneid_as',
    'mock_vneid_lang',
  ]
  for (const name of names)
    for (const value of [odd, '\xff'])
      requests.push([
        `/auth?client_id=test-rp&${code}&scope=openid`,
        { headers: { cookie: `${name}=${value}; ${name}.sig=${value}` } },
      ])

  const answers: string[] = []
  for (const [path, init] of requests) answers.push(await answered(mock, path, init))

  expect(answers.filter((answer) => answer !== 'answered')).toEqual([])
})

test('half a character in what a relying party signs is answered', async () => {
  const mock = await startMock()
  const secret = 'a secret that is long enough for HS256, and some more'
  const redirect_uris = ['http://localhost:8080/cb']
  const token_endpoint_auth_method = 'client_secret_jwt'
  await mock.clients.register({
    client_id: 'signs',
    client_secret: secret,
    redirect_uris,
    token_endpoint_auth_method,
  })
  const jwt = (payload: Record<string, unknown>) =>
    new SignJWT({ jti: '\ud800', ...payload })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('signs')
      .setAudience(mock.issuer)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(secret))
  const assertion = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'x',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await jwt({ sub: 'signs' }),
  }).toString()
  const request = await jwt({
    client_id: 'signs',
    response_type: 'code',
    redirect_uri: redirect_uris[0],
    scope: 'openid',
    login_hint: 'auto:\ud800',
    state: '\ud800',
  })

  const answers = [
    await answered(mock, '/token', form(assertion)),
    await answered(mock, '/token', form(assertion)),
    await answered(mock, `/auth?client_id=signs&scope=openid&request=${request}`),
    await answered(mock, `/auth?client_id=signs&scope=openid&request=${request.slice(0, -3)}`),
  ]

  expect(answers).toEqual(answers.map(() => 'answered'))
})
