import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SigningAlgorithm, WorldKeys } from '../../src/keys/index.ts'
import { anEcKey, anEdKey, anRsaKey, processRing, publicHalf, shown, worldKeys } from './rings.ts'

const rsa = anRsaKey()
const ec = anEcKey()
const ed = anEdKey()

let keys: WorldKeys

beforeEach(() => {
  keys = worldKeys().keys
})

describe('a key that is given', () => {
  test.each([
    ['RS256', 'of RSA', rsa, {}],
    ['PS256', 'of RSA that says so', { ...rsa, alg: 'PS256' }, {}],
    ['PS256', 'of RSA that is asked for it', rsa, { alg: 'PS256' }],
    ['ES256', 'on P-256', ec, {}],
    ['EdDSA', 'on Ed25519', ed, {}],
    ['ES256', 'that says twice what it is for', { ...ec, alg: 'ES256' }, { alg: 'ES256' }],
    ['ES256', 'with its purpose', { ...ec, use: 'sig', key_ops: ['sign', 'verify'] }, {}],
  ] as [SigningAlgorithm, string, JsonWebKey, { alg?: SigningAlgorithm }][])(
    'signs %s: one %s',
    async (alg, _which, jwk, asked) => {
      await expect(keys.add({ jwk, ...asked })).resolves.toMatchObject({ alg })
    },
  )

  test('is called by its thumbprint where it has no name', async () => {
    for (const jwk of [rsa, ec, ed]) {
      const { kid } = await keys.add({ jwk })

      expect(kid).toBe(await calculateJwkThumbprint(jwk as never))
    }
  })

  test('is published without what was given beside it', async () => {
    const { publicJwk } = await keys.add({ jwk: { ...ec, kid: 'mine', note: 'ours', x5c: ['no'] } })

    expect(publicJwk).toEqual({ ...publicHalf(ec), kid: 'mine', alg: 'ES256', use: 'sig' })
  })
})

describe('what is given is refused', () => {
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  const other = { ...anEcKey(), kid: 'mine' }

  test.each([
    ['no key at all', 'text', 'the key must be a JSON Web Key (RFC 7517), got "text".'],
    ['a list', [ec], /^the key must be a JSON Web Key \(RFC 7517\), got \[/],
    [
      'a public key',
      { ...publicHalf(ec), kid: 'mine' },
      'key "mine" must be a private JWK, got a public one. Give the one that has "d".',
    ],
    [
      'a wrong curve',
      p384.export({ format: 'jwk' }),
      'the key must be of kty "RSA" or of kty "EC" with crv "P-256" or of kty "OKP" with crv "Ed25519", got kty "EC" with crv "P-384".',
    ],
    ['a secret', { kty: 'oct', k: 'c2VjcmV0' }, /got kty "oct"\.$/],
    [
      'an unknown algorithm',
      { ...rsa, alg: 'RS255' },
      'the key must have an "alg" of "RS256", "PS256", "ES256" or "EdDSA", got "RS255". Did you mean "RS256"?',
    ],
    [
      'an algorithm of another kind',
      { ...rsa, alg: 'ES256' },
      'the key must be of kty "EC" with crv "P-256" to sign ES256, got kty "RSA".',
    ],
    [
      'a key for encryption',
      { ...rsa, use: 'enc' },
      'the key must be of use "sig", got "enc". Give one that signs.',
    ],
    [
      'a key that may not sign',
      { ...rsa, key_ops: ['verify'] },
      'the key must have "sign" among its "key_ops", got ["verify"]. Give one that signs.',
    ],
    [
      'a short RSA key',
      anRsaKey('short', 1024),
      'key "short" must have at least 2048 bits (RFC 7518 §3.3), got 1024. Make a longer one.',
    ],
    ['half an RSA key', publicHalf(rsa), /got a public one/],
    [
      'an RSA key without its primes',
      { kty: 'RSA', n: rsa.n, e: rsa.e, d: rsa.d },
      /^the key must be a private JWK with every member of RFC 7518 §6, got one that cannot be read \(.+\)\. Export it again\.$/,
    ],
    [
      'halves of two keys',
      { ...other, d: ec.d },
      'key "mine" must hold a private and a public half that belong together, got two of different keys. Export it again.',
    ],
    ['halves of two Ed25519 keys', { ...ed, x: anEdKey().x }, /belong together/],
    ['halves of two RSA keys', { ...anRsaKey(), n: rsa.n, e: rsa.e }, /belong together/],
    [
      'a name that is no text',
      { ...ec, kid: 5 },
      'the key must have a text as "kid", or none, got 5.',
    ],
    ['an empty name', { ...ec, kid: '' }, 'the key must have a text as "kid", or none, got "".'],
  ] as [string, JsonWebKey, string | RegExp][])('%s', async (_what, jwk, said) => {
    const adding = keys.add({ jwk })

    await expect(adding).rejects.toThrow(said)
    await expect(adding).rejects.toHaveProperty('code', 'ERR_KEY_INVALID')
    expect(keys.ring()).toBe(processRing)
  })

  test('when asked for another algorithm than it says', async () => {
    await expect(keys.add({ alg: 'PS256', jwk: { ...rsa, alg: 'RS256' } })).rejects.toMatchObject({
      code: 'ERR_KEY_INVALID',
      message:
        'the key must sign what its "alg" says, which is "RS256", got "PS256". Ask for the same, or leave one of them out.',
    })
  })

  test('when a new one is asked for an algorithm that is none', async () => {
    await expect(keys.add({ alg: 'HS256' as never })).rejects.toMatchObject({
      code: 'ERR_KEY_INVALID',
      message: expect.stringContaining('got "HS256". Did you mean "') as string,
    })
  })

  test('when its name is taken, by an inherited one too', async () => {
    await expect(keys.add({ jwk: { ...ec, kid: 'rsa' } })).rejects.toMatchObject({
      code: 'ERR_KEY_TAKEN',
      kid: 'rsa',
      message: 'key "rsa" is there already. Give the new one another "kid".',
    })
  })

  test('when it is there already', async () => {
    const { kid } = await keys.add({ jwk: ec })

    await expect(keys.add({ jwk: ec })).rejects.toMatchObject({ code: 'ERR_KEY_TAKEN', kid })
  })
})

describe('a world that is given its keys', () => {
  test('has exactly those, in their order', async () => {
    await keys.use([{ ...ec, kid: 'first' }, { ...rsa, kid: 'second' }, anEcKey('third')])

    await expect(shown(keys)).resolves.toEqual(['FIRST', 'SECOND', 'third'])
    expect((await keys.list()).some(({ isInherited }) => isInherited)).toBe(false)
  })

  test('does not wait for keys that it will not have', async () => {
    const never = { ...processRing, signing: [] }
    Object.defineProperty(never, 'signing', {
      get: () => {
        throw new Error('somebody asked for an inherited key')
      },
    })
    keys = worldKeys(undefined, () => never).keys

    await keys.use([{ ...ec, kid: 'mine' }])

    await expect(shown(keys)).resolves.toEqual(['MINE'])
  })

  test('signs the same text alike each time: RS256 and EdDSA', async () => {
    const other = worldKeys().keys
    for (const world of [keys, other]) await world.use([rsa, ed])

    for (const place of [0, 1]) {
      const [one, two] = [keys, other].map((world) => world.ring().signing[place]!)
      const text = Buffer.from('an ID token')

      await expect(one!.sign(text)).resolves.toEqual(await two!.sign(text))
      expect(one!.kid).toBe(two!.kid)
    }
  })

  test('cannot be given none', async () => {
    await expect(keys.use([])).rejects.toMatchObject({
      code: 'ERR_KEY_INVALID',
      message:
        'the list of keys must hold at least one, got none. Leave it out to have the usual ones.',
    })
  })

  test('cannot be given two of one name', async () => {
    await expect(
      keys.use([
        { ...ec, kid: 'mine' },
        { ...rsa, kid: 'mine' },
      ]),
    ).rejects.toMatchObject({ code: 'ERR_KEY_TAKEN', kid: 'mine' })
    expect(keys.ring()).toBe(processRing)
  })
})
