import { describe, expect, test } from 'vitest'
import { checkClients, createClients, shownOf } from '../../src/clients/index.ts'

const portal = {
  client_id: 'portal',
  client_secret: 'secret',
  redirect_uris: ['https://rp.example/cb'],
}

/** What is said of one client, each with its key. */
function saidOf(client: Record<string, unknown>): string[] {
  const { problems } = checkClients({ clients: [client] })
  return problems.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`)
}

describe('a client', () => {
  test.each([
    { ...portal },
    { ...portal, redirect_uris: ['{portal}/callback'] },
    { ...portal, application_type: 'native', redirect_uris: ['vn.gov.app:/cb'] },
    { client_id: 'spa', token_endpoint_auth_method: 'none', redirect_uris: ['http://localhost/'] },
    { client_id: 'dev', client_secret: 's', leniencies: ['any-loopback-redirect-uri'] },
    {
      client_id: 'jwt',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: 'https://rp.example/jwks',
      redirect_uris: ['https://rp.example/cb'],
    },
    {
      ...portal,
      journey: 'short',
      minimum_level: 2,
      allow: ['self', 'child'],
      auto_sign_in: 'anna',
    },
  ])('may be %j', (client) => {
    expect(checkClients({ clients: [client] })).toEqual({
      clients: [{ index: 0, client, troubled: new Set() }],
      problems: [],
    })
  })

  test.each([
    [{ ...portal, redirect_uris: ['/cb'] }, 'redirect_uris.0: must be an absolute URL, got "/cb"'],
    [
      { ...portal, redirect_uris: ['https://rp.example/a b'] },
      'redirect_uris.0: must be an absolute URL, got "https://rp.example/a b"',
    ],
    [
      { ...portal, redirect_uris: 'https://rp.example/cb' },
      'redirect_uris: must be an array, got "https://rp.example/cb"',
    ],
    [{ ...portal, redirect_uris: [] }, 'redirect_uris: is missing: list at least one absolute URL'],
    [
      { client_id: 'x', client_secret: 's' },
      'redirect_uris: is missing: list at least one absolute URL',
    ],
    [{ ...portal, client_id: 5 }, 'client_id: must be a string, got 5. Put it in quotes'],
    [{ ...portal, client_id: '' }, 'client_id: must not be empty, got ""'],
    [{ ...portal, client_id: '..' }, 'client_id: must be more than dots, got ".."'],
    [
      { client_id: 'x', redirect_uris: ['https://rp.example/cb'] },
      'client_secret: is missing, and client_secret_basic needs one. Give one, or say token_endpoint_auth_method: none for a public client',
    ],
    [
      { ...portal, token_endpoint_auth_method: 'private_key_jwt' },
      'jwks: is missing, and private_key_jwt needs jwks or jwks_uri',
    ],
    [
      { ...portal, token_endpoint_auth_method: 'basic' },
      'token_endpoint_auth_method: must be one of none, client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt, got "basic"',
    ],
    [{ ...portal, minimum_level: 3 }, 'minimum_level: must be one of 1, 2, got 3'],
    [{ ...portal, minimum_level: '2' }, 'minimum_level: must be one of 1, 2, got "2"'],
    [{ ...portal, journey: 'long' }, 'journey: must be one of full, short, got "long"'],
    [{ ...portal, allow: [] }, 'allow: must have at least 1 item, got []'],
    [
      { ...portal, allow: ['me'] },
      'allow.0: must be one of self, child, ward, organization, got "me"',
    ],
    [
      { ...portal, leniencies: ['all'] },
      'leniencies.0: must be any-loopback-redirect-uri, got "all"',
    ],
    [{ ...portal, require_pkce: 'yes' }, 'require_pkce: must be true or false, got "yes"'],
    [{ ...portal, default_max_age: -1 }, 'default_max_age: must be at least 0, got -1'],
    [{ ...portal, client_secret: null }, 'client_secret: must be a string, got null'],
    [
      { ...portal, redirect_url: 'x' },
      'redirect_url: "redirect_url" is not an option. Did you mean "redirect_uris"?',
    ],
  ])('is told what is wrong with it (%#)', (client, said) => {
    expect(saidOf(client)).toEqual([said])
  })

  test('has all its problems reported at once', () => {
    const { problems } = checkClients({
      clients: [
        { ...portal, journey: 'x', allow: ['y'] },
        { client_id: 5, colour: 'red', jwks: { keys: [], kys: [] } },
        { client_id: 'portal', client_secret: 7, redirect_uris: [] },
        'somebody',
      ],
      colour: 'red',
    })

    expect(problems.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['colour', '"colour" is not an option.'],
      ['clients.0.journey', 'must be one of full, short, got "x"'],
      ['clients.0.allow.0', 'must be one of self, child, ward, organization, got "y"'],
      ['clients.1.jwks.kys', '"kys" is not an option. Did you mean "keys"?'],
      ['clients.1.colour', '"colour" is not an option.'],
      ['clients.1.client_id', 'must be a string, got 5. Put it in quotes'],
      ['clients.1.client_secret', expect.stringMatching(/^is missing, and client_secret_basic/)],
      ['clients.1.redirect_uris', 'is missing: list at least one absolute URL'],
      ['clients.2.client_secret', 'must be a string. Put it in quotes'],
      ['clients.2.redirect_uris', 'is missing: list at least one absolute URL'],
      ['clients.3', 'must be an object, got "somebody"'],
      ['clients.2.client_id', 'must be unique, got "portal" a second time'],
    ])
  })

  test('is not told that something is missing because of what cannot be read', () => {
    const basic = { client_id: 'x', redirect_uris: ['https://rp.example/cb'] }

    expect(saidOf({ ...basic, token_endpoint_auth_method: 'nonne' })).toEqual([
      expect.stringContaining('token_endpoint_auth_method: must be one of none'),
    ])
    expect(saidOf({ client_id: 'x', client_secret: 's', leniencies: ['all'] })).toEqual([
      'leniencies.0: must be any-loopback-redirect-uri, got "all"',
    ])
  })

  test('may not have the id of another', () => {
    expect(checkClients({ clients: [portal, portal] }).problems).toEqual([
      {
        path: ['clients', 1, 'client_id'],
        message: 'must be unique, got "portal" a second time',
      },
    ])
  })
})

describe('clients', () => {
  const clients = createClients([portal, { ...portal, client_id: 'other' }])

  test('are found by their id, letter by letter', async () => {
    expect(await clients.find('portal')).toBe(portal)
    expect(await clients.find('Portal')).toBeUndefined()
    expect(await clients.find('__proto__')).toBeUndefined()
  })

  test('are listed as the file has them', async () => {
    expect((await clients.list()).map(({ client_id: id }) => id)).toEqual(['portal', 'other'])
  })

  test('suggest the one that was meant', () => {
    expect(clients.nearest('protal')).toBe('portal')
    expect(clients.nearest('something-else')).toBeUndefined()
  })
})

describe('a client on a page', () => {
  test('is called by its name, with its links', () => {
    const client = {
      ...portal,
      client_name: 'Cổng thử',
      client_uri: 'https://rp.example/',
      policy_uri: 'https://rp.example/policy',
      tos_uri: 'https://rp.example/tos',
    }

    expect(shownOf(client)).toEqual({
      name: 'Cổng thử',
      uri: 'https://rp.example/',
      policyUri: 'https://rp.example/policy',
      tosUri: 'https://rp.example/tos',
    })
  })

  test('is called by its id when it has no name', () => {
    expect(shownOf(portal)).toEqual({ name: 'portal' })
  })
})
