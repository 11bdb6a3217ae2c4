import * as fc from 'fast-check'
import type { WireRequest } from './wire.ts'

type Pair = readonly [name: string, value: string]

/** Texts that have broken servers before, and texts that nobody thought of. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '%',
    '%00',
    '%zz',
    '%E0%A4%A',
    '+',
    '..',
    '../../etc/passwd',
    '//',
    '\\',
    '"',
    "'",
    '<script>',
    '${1}',
    '{{1}}',
    'null',
    'undefined',
    'true',
    '0',
    '-1',
    '1.5',
    'NaN',
    '1e999',
    '9'.repeat(400),
    '[]',
    '{}',
    '[object Object]',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'é',
    '𝄞',
    '\uD800',
    '\u202E',
    '\r\nX-Injected: yes',
    '\t',
    'a'.repeat(5000),
    'a b c '.repeat(50),
    'http://',
    'http://[',
    'javascript:alert(1)',
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

const json = (value: fc.Arbitrary<unknown>) => value.map((it) => JSON.stringify(it) ?? 'null')

const claimRequest = fc.oneof(
  fc.anything({ maxDepth: 2, withNullPrototype: false }),
  fc.record(
    {
      essential: fc.oneof(fc.boolean(), fc.constantFrom('true', 1, null)),
      value: fc.oneof(fc.constantFrom('urn:mock-vneid:level:2', 5, null, {}, []), fc.string()),
      values: fc.oneof(
        fc.constantFrom('x', 5, null, {}, [null], [5], [[]], [{}], ['urn:mock-vneid:level:2']),
        fc.array(fc.string(), { maxLength: 3 }),
      ),
    },
    { requiredKeys: [] },
  ),
)

const claimsOfOne = fc.oneof(
  fc.constantFrom(null, [], 5, 'acr', { __proto__: null }),
  fc.dictionary(
    fc.constantFrom('acr', 'sub', 'name', 'amr', 'auth_time', '__proto__', 'constructor', 'nobody'),
    claimRequest,
    { maxKeys: 4 },
  ),
)

/** The claims parameter, which is JSON within a query, and so breaks in two ways. */
const claims = fc.oneof(
  fc.constantFrom(
    '{"id_token":null}',
    '[]',
    'null',
    '5',
    '{"id_token":{"acr":5}}',
    '{"id_token":{"acr":{"values":"x"}}}',
    '{"id_token":{"acr":{"essential":true,"values":[5]}}}',
    '{"id_token":{"acr":{"essential":true,"value":{}}}}',
    '{"id_token":{"sub":{"value":5}}}',
    '{"id_token":{"sub":5},"userinfo":null}',
    '{"userinfo":[],"id_token":[]}',
    '{"userinfo":{"name":[]}}',
    '{',
  ),
  json(fc.record({ id_token: claimsOfOne, userinfo: claimsOfOne }, { requiredKeys: [] })),
)

const segment = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url')

const jwt = fc
  .tuple(
    fc.constantFrom('none', 'HS256', 'RS256', 'ES256', 5, null),
    fc.oneof(
      fc.anything({ maxDepth: 2, withNullPrototype: false }),
      fc.constantFrom({ client_id: 'test-rp', iss: 'test-rp' }, { sub: 5 }, null, []),
    ),
    fc.constantFrom('', 'AAAA', '%'),
  )
  .map(([alg, payload, signature]) => `${segment({ alg })}.${segment(payload)}.${signature}`)

/** What each parameter may wrongly be, beside the oddities that any may be. */
const known: Readonly<Record<string, fc.Arbitrary<string>>> = {
  claims,
  prompt: fc
    .subarray(['none', 'login', 'consent', 'select_account', 'create', ''])
    .map((words) => words.join(' ')),
  max_age: fc.constantFrom('0', '-1', 'NaN', '1e10', '99999999999999999999', ' 5', '0x10'),
  login_hint: fc.oneof(
    fc.constantFrom('auto:', 'auto::', 'auto:__proto__', 'auto:constructor', 'auto:adult-level-2'),
    fc.constantFrom(
      'auto:adult-level-2:',
      'auto:guardian-of-two:child-13',
      'auto:locked',
      'child-5',
    ),
    oddText.map((text) => `auto:${text}`),
    oddText.map((text) => `auto:guardian-of-two:${text}`),
  ),
  scope: fc.constantFrom('openid', 'openid openid', 'profile', 'openid offline_access', ' openid '),
  request: jwt,
  id_token_hint: jwt,
  client_assertion: jwt,
  logout_token: jwt,
  token: jwt,
  request_uri: fc.constantFrom(
    'urn:ietf:params:oauth:request_uri:none',
    'urn:ietf:params:oauth:request_uri:',
    'http://127.0.0.1:1/x',
    'https://localhost/x',
  ),
  response_type: fc.constantFrom('token', 'id_token', 'code id_token', 'code code', 'none'),
  response_mode: fc.constantFrom('form_post', 'fragment', 'query', 'jwt', 'form_post.jwt', 'web'),
  code_challenge_method: fc.constantFrom('plain', 's256', 'S512'),
  grant_type: fc.constantFrom('refresh_token', 'authorization_code', 'password', 'implicit'),
  acr_values: fc.constantFrom('urn:mock-vneid:level:2', 'urn:mock-vneid:authentication:4', ' '),
  ui_locales: fc.constantFrom('en', 'vi-VN en', '..', '*', '-'),
  redirect_uri: fc.constantFrom('http://localhost:8080/cb#x', '/cb', 'http://evil.example/', 'x:'),
  client_id: fc.constantFrom('dev', 'test-spa', 'demo-portal', 'tset-rp', '__proto__', 'toString'),
}

/** Parameters that are right, or nearly: dropped, doubled, replaced, made into lists. */
export function parameters(right: Readonly<Record<string, string>>): fc.Arbitrary<string> {
  const names = [...new Set([...Object.keys(right), ...Object.keys(known)])]
  const valueOf = (name: string) =>
    fc.oneof(Object.hasOwn(known, name) ? known[name]! : oddText, oddText)
  const stray: fc.Arbitrary<Pair[]> = fc.array(
    fc
      .oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, oddText)
      .chain((name) => fc.tuple(fc.constantFrom(name, `${name}[]`, `${name}[a]`), valueOf(name))),
    { maxLength: 3 },
  )
  const near: fc.Arbitrary<Pair[]>[] = Object.entries(right).map(([name, value]) => {
    const kept: Pair[] = [[name, value]]
    return fc.oneof<fc.WeightedArbitrary<Pair[]>[]>(
      { weight: 12, arbitrary: fc.constant(kept) },
      { weight: 1, arbitrary: fc.constant([] as Pair[]) },
      { weight: 1, arbitrary: fc.constant([...kept, ...kept]) },
      { weight: 2, arbitrary: valueOf(name).map((odd): Pair[] => [[name, odd]]) },
    )
  })
  return fc
    .tuple(fc.tuple(...near), stray, fc.integer({ min: 0, max: 9 }))
    .map(([pairs, more, dice]) => query([...more, ...pairs.flat()], dice === 0))
}

function query(pairs: readonly Pair[], isRaw: boolean): string {
  const write = (text: string) => (isRaw ? text.replaceAll(/[^!-~]/g, '%') : encode(text))
  return pairs.map(([name, value]) => `${write(name)}=${write(value)}`).join('&')
}

/** `encodeURIComponent` throws at half a character; the wire knows no such thing. */
const encode = (text: string) => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '�'))

/** What a right authorization request may say beside, mostly of the kind that is meant. */
export const wishes: fc.Arbitrary<Record<string, string | undefined>> = fc.record(
  Object.fromEntries(
    [
      'claims',
      'prompt',
      'max_age',
      'login_hint',
      'scope',
      'acr_values',
      'ui_locales',
      'id_token_hint',
      'response_mode',
    ].map((name) => [name, fc.oneof({ weight: 4, arbitrary: known[name]! }, oddText)]),
  ),
  { requiredKeys: [] },
)

const headerText = oddText.map((text) => text.replaceAll(/[^\t\u0020-\u007E\u0080-\u00FF]/g, ''))

const headers: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    accept: fc.oneof(
      fc.constantFrom(
        'text/html',
        '*/*',
        'application/json',
        'application/jwt',
        ';',
        'text/html;q=x',
      ),
      headerText,
    ),
    authorization: fc.oneof(
      fc.constantFrom('Basic', 'Basic %%%', 'Basic dGVzdC1ycA==', 'Basic Og==', 'Bearer', 'DPoP x'),
      fc.constantFrom(
        `Basic ${Buffer.from('test-rp:%zz').toString('base64')}`,
        'Bearer a b',
        'Bearer eyJ',
      ),
      headerText,
    ),
    cookie: fc.oneof(
      fc.constantFrom('=', ';;;', 'a=%', 'mock_vneid_default=x; mock_vneid_default.sig=y'),
      fc.constantFrom('mock_vneid_default_sign_in=x', 'mock_portal=__proto__', 'lang=%', '"'),
      headerText.map((text) => `mock_vneid_as=${text}`),
      headerText.map((text) => `mock_vneid_as=${encode(text)}; mock_vneid_lang=${text}`),
      headerText,
    ),
    origin: fc.constantFrom('null', 'http://evil.example', 'http://localhost:8080', '%'),
    'accept-language': fc.constantFrom('', '*', 'vi;q=x', 'en-'.repeat(50)),
    'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'x'),
    'x-forwarded-host': fc.constantFrom('evil.example', ''),
    'x-forwarded-proto': fc.constantFrom('https', '%'),
  },
  { requiredKeys: [] },
)

const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/x-www-form-urlencoded') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'application/json',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/x-www-form-urlencoded; charset=utf-7',
      'application/jwt',
      ';',
      'x',
      '',
      'application/x-www-form-urlencoded; charset=',
    ),
  },
)

const oddBody = fc.oneof(
  fc.constantFrom('', '&', '=', '&&&===', '%', 'a=%zz', '{', '[]', '{"a":1}', 'a[b][c][d]=1'),
  fc.constantFrom(`a=${'x'.repeat(70_000)}`, 'a&'.repeat(3000), `${'['.repeat(200)}=1`),
  oddText,
)

/** How an endpoint is rightly called. */
export interface Endpoint {
  method: 'GET' | 'POST'
  path: string
  parameters?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
}

/** Requests of one endpoint: nearly right ones, wrong ones, and things that are none. */
export function requestsTo(endpoint: Endpoint): fc.Arbitrary<WireRequest> {
  const right = parameters(endpoint.parameters ?? {})
  const method = fc.oneof(
    { weight: 8, arbitrary: fc.constant(endpoint.method) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD') },
  )
  const tail = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: oddPath },
  )
  const search = endpoint.method === 'GET' ? right : fc.oneof(fc.constant(''), parameters({}))
  const body = fc.oneof({ weight: 5, arbitrary: right }, oddBody)
  return fc
    .record({ method, tail, search, headers, isCalledRightly: fc.boolean(), contentType, body })
    .map((made) => ({
      method: made.method,
      path: `${endpoint.path}${made.tail}${made.search === '' ? '' : `?${made.search}`}`,
      headers: {
        ...made.headers,
        ...(hasBody(made.method) ? { 'content-type': made.contentType } : {}),
        ...(made.isCalledRightly ? endpoint.headers : {}),
      },
      body: hasBody(made.method) ? made.body : '',
    }))
}

const hasBody = (method: string) => method !== 'GET' && method !== 'HEAD'

/** Ends of paths that decode badly, climb, or never end. */
export const oddPath: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '/..',
    '/../..',
    '/%',
    '/%00',
    '/%2e%2e/',
    '/%E0%A4%A',
    '/;x',
    '/.',
    '%',
  ),
  fc.constantFrom(
    '\\',
    '/\\..\\..',
    `/${'a'.repeat(4000)}`,
    '/é',
    '/[x]',
    '/{x}',
    '/:id',
    '/*',
    '#x',
  ),
  oddText.map((text) => `/${text.replaceAll(/[?#]/g, '')}`),
)
