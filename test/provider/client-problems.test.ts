import { describe, expect, test } from 'vitest'
import { clientProblems } from '../../src/provider/index.ts'

const client = {
  client_id: 'portal',
  client_secret: 'secret',
  redirect_uris: ['https://rp.example/cb'],
}

/** What the library says of one client, each with its key. */
function saidOf(otherwise: Record<string, unknown>, troubled: readonly string[] = []): string[] {
  const read = { index: 0, client: { ...client, ...otherwise }, troubled: new Set(troubled) }
  return clientProblems([read], ['level-1']).map(
    ({ path, message }) => `${path.slice(2).join('.')}: ${message}`,
  )
}

describe('what the library refuses of a client', () => {
  test('is nothing for one that can be used', () => {
    expect(saidOf({ default_acr_values: ['level-1'] })).toEqual([])
  })

  test('is told at once, though the library says one thing at a time', () => {
    const said = saidOf({
      redirect_uris: ['https://rp.example/cb#there'],
      id_token_signed_response_alg: 'RS999',
      id_token_encrypted_response_alg: 'XX',
      id_token_encrypted_response_enc: 'A128GCM',
      default_acr_values: ['level-9'],
      jwks_uri: 'ftp:/rp.example',
    })

    expect(said.map((line) => line.replace(/:.*/, '')).toSorted()).toEqual([
      'default_acr_values',
      'id_token_encrypted_response_alg',
      'id_token_signed_response_alg',
      'jwks_uri',
      'redirect_uris',
    ])
  })

  test('is told of the rest of a client that has trouble already', () => {
    const said = saidOf(
      { client_secret: undefined, redirect_uris: undefined, id_token_signed_response_alg: 'X' },
      ['client_secret', 'redirect_uris', 'token_endpoint_auth_method'],
    )

    expect(said).toEqual(["id_token_signed_response_alg: must be 'RS256' or 'ES256'"])
  })

  test('stands at the client where it is of no key that it has', () => {
    expect(saidOf({ id_token_encrypted_response_alg: 'RSA-OAEP' })).toEqual([
      ': jwks or jwks_uri is mandatory for this client',
    ])
  })
})

describe('what a client may be signed for with', () => {
  const asking = (alg: string) => ({
    index: 0,
    client: { ...client, id_token_signed_response_alg: alg },
    troubled: new Set<string>(),
  })

  test('is what the world has keys for', () => {
    const said = clientProblems([asking('EdDSA')], ['level-1'], ['RS256', 'ES256', 'EdDSA'])

    expect(said).toEqual([])
  })

  test('is nothing that it has none for', () => {
    const said = clientProblems([asking('RS256')], ['level-1'], ['ES256', 'ES256'])

    expect(said.map(({ message }) => message)).toEqual(["must be 'ES256'"])
  })

  test('is the first of them for whoever asks for nothing', () => {
    const silent = { index: 0, client, troubled: new Set<string>() }

    expect(clientProblems([silent], ['level-1'], ['EdDSA'])).toEqual([])
  })
})
