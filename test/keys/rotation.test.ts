import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { createKeyRing, SigningKey, type WorldKeys } from '../../src/keys/index.ts'
import { aTable, anEcKey, anEdKey, anRsaKey, processRing, shown, worldKeys } from './rings.ts'

const secondRsa = anRsaKey()

let keys: WorldKeys

beforeEach(() => {
  keys = worldKeys().keys
})

describe('a world that changed no key', () => {
  test('has the ring of the process itself, and says so of each key', async () => {
    expect(keys.ring()).toBe(processRing)
    await expect(keys.list()).resolves.toEqual([
      {
        kid: 'rsa',
        alg: 'RS256',
        use: 'sig',
        isInherited: true,
        isSigning: true,
        publicJwk: await processRing.signing[0]!.publicJwk(),
      },
      {
        kid: 'ec',
        alg: 'ES256',
        use: 'sig',
        isInherited: true,
        isSigning: true,
        publicJwk: await processRing.signing[1]!.publicJwk(),
      },
    ])
  })

  test('goes on inheriting when it switches to what signs already', async () => {
    await keys.switchTo('rsa')

    expect(keys.ring()).toBe(processRing)
  })
})

describe('a key that is added', () => {
  test('is published, and does not sign yet', async () => {
    const added = await keys.add({ jwk: anEcKey('new') })

    expect(added).toMatchObject({ kid: 'new', alg: 'ES256', isInherited: false, isSigning: false })
    await expect(shown(keys)).resolves.toEqual(['RSA', 'EC', 'new'])
    expect((await keys.ring().publicJwks()).keys.map(({ kid }) => kid)).toEqual([
      'rsa',
      'ec',
      'new',
    ])
  })

  test('is published without its private half', async () => {
    const given = anEcKey('new')

    const { publicJwk } = await keys.add({ jwk: given })

    const { x, y } = given
    expect(publicJwk).toEqual({
      kty: 'EC',
      crv: 'P-256',
      x,
      y,
      kid: 'new',
      alg: 'ES256',
      use: 'sig',
    })
  })

  test('is refused where there are as many as there may be, until one is retired', async () => {
    const tooMany = {
      code: 'ERR_LIMIT_REACHED',
      limit: 50,
      message: 'a world may publish 50 keys, which is the most. Retire some, or give fewer.',
    }
    const given = Array.from({ length: 51 }, (_, index) => anEdKey(`ed-${index}`))
    await expect(keys.use(given)).rejects.toMatchObject(tooMany)
    await keys.use(given.slice(1))

    const added = await Promise.allSettled([
      keys.add({ jwk: anEdKey('another') }),
      keys.add({ alg: 'RS256' }),
    ])
    expect(added).toMatchObject([{ reason: tooMany }, { reason: tooMany }])
    expect(await keys.list()).toHaveLength(50)

    await keys.retire('ed-50')
    const both = await Promise.allSettled(
      ['one', 'two'].map((kid) => keys.add({ jwk: anEdKey(kid) })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await keys.list()).toHaveLength(50)
  })

  test('signs at once where nothing else signs its algorithm', async () => {
    await expect(keys.add({ jwk: anEdKey('ed') })).resolves.toMatchObject({
      alg: 'EdDSA',
      isSigning: true,
    })
  })

  test.each([
    ['RS256', 'RSA'],
    ['PS256', 'RSA'],
    ['ES256', 'EC'],
    ['EdDSA', 'OKP'],
  ] as const)('is made for %s where none is given', async (alg, kty) => {
    const { kid, publicJwk } = await keys.add({ alg })

    expect(publicJwk).toMatchObject({ alg, kty, use: 'sig', kid })
    expect(kid).toMatch(/^[\w-]{43}$/)
  })

  test('is made for RS256 where nothing is said', async () => {
    await expect(keys.add()).resolves.toMatchObject({ alg: 'RS256', isSigning: false })
  })

  test('makes the inherited ones the world’s own, with what they are', async () => {
    const inherited = await processRing.publicJwks()

    await keys.add({ jwk: anEcKey('new') })

    expect((await keys.ring().publicJwks()).keys.slice(0, 2)).toEqual(inherited.keys)
    expect((await keys.list()).map(({ isInherited }) => isInherited)).toEqual([false, false, false])
    expect(keys.ring().cookieSecrets).toEqual(['cookie secret'])
  })

  test('waits for an inherited one that is still being made', async () => {
    let make!: (key: KeyObject) => void
    const made = new Promise<KeyObject>((resolve) => (make = resolve))
    const late = new SigningKey('late', 'ES256', () => made)
    keys = worldKeys(aTable(), () => createKeyRing([late], ['cookie secret'])).keys
    const adding = keys.add({ jwk: anEcKey('new') })

    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    make(pair.privateKey)

    await adding
    const { x } = pair.publicKey.export({ format: 'jwk' })
    expect((await keys.ring().publicJwks()).keys[0]).toMatchObject({ kid: 'late', x })
  })

  test('is kept when several are added at once', async () => {
    await Promise.all(['a', 'b', 'c'].map((kid) => keys.add({ jwk: anEcKey(kid) })))

    await expect(shown(keys)).resolves.toEqual(['RSA', 'EC', 'a', 'b', 'c'])
  })
})

describe('a switch', () => {
  test('lets the key sign in the place of the one that did, which stays published', async () => {
    await keys.add({ jwk: { ...secondRsa, kid: 'new' } })

    const switched = await keys.switchTo('new')

    expect(switched).toMatchObject({ kid: 'new', isSigning: true })
    await expect(shown(keys)).resolves.toEqual(['NEW', 'rsa', 'EC'])
  })

  test('leaves the other algorithms and the default alone', async () => {
    await keys.add({ jwk: anEcKey('new') })

    await keys.switchTo('new')

    await expect(shown(keys)).resolves.toEqual(['RSA', 'NEW', 'ec'])
  })

  test('can be taken back', async () => {
    await keys.add({ jwk: anEcKey('new') })
    await keys.switchTo('new')

    await keys.switchTo('ec')

    await expect(shown(keys)).resolves.toEqual(['RSA', 'EC', 'new'])
  })
})

describe('a key that is retired', () => {
  beforeEach(async () => {
    await keys.add({ jwk: anEcKey('new') })
  })

  test('is not published any more', async () => {
    await keys.switchTo('new')

    await keys.retire('ec')

    await expect(shown(keys)).resolves.toEqual(['RSA', 'NEW'])
  })

  test('while it signs leaves that to the next of its algorithm, in its place', async () => {
    await keys.add({ jwk: { ...secondRsa, kid: 'second' } })

    await keys.retire('rsa')

    await expect(shown(keys)).resolves.toEqual(['SECOND', 'EC', 'new'])
  })

  test('may be added again', async () => {
    await keys.retire('new')

    await expect(keys.add({ jwk: anEcKey('new') })).resolves.toMatchObject({ kid: 'new' })
  })

  test('cannot be the only one of its algorithm', async () => {
    await expect(keys.retire('rsa')).rejects.toMatchObject({
      code: 'ERR_KEY_NEEDED',
      kid: 'rsa',
      alg: 'RS256',
      message:
        'key "rsa" is the only one that signs RS256. Add another for RS256, switch to it, and retire this one then.',
    })
    await expect(shown(keys)).resolves.toEqual(['RSA', 'EC', 'new'])
  })
})

describe('a name that no key has', () => {
  test.each(['switchTo', 'retire'] as const)('is refused with the nearest: %s', async (deed) => {
    await expect(keys[deed]('rsb')).rejects.toMatchObject({
      code: 'ERR_KEY_NOT_FOUND',
      kid: 'rsb',
      nearest: 'rsa',
      message: 'key "rsb" does not exist. Did you mean "rsa"? The keys are "rsa", "ec".',
    })
    expect(keys.ring()).toBe(processRing)
  })

  test('does not stand in the way of the next change', async () => {
    await expect(keys.retire('nobody')).rejects.toMatchObject({ code: 'ERR_KEY_NOT_FOUND' })

    await expect(keys.add({ jwk: anEcKey('new') })).resolves.toMatchObject({ kid: 'new' })
  })
})

describe('the ring', () => {
  test('is one object until the keys change, and another then', async () => {
    await keys.add({ jwk: anEcKey('new') })
    const [ring, version] = [keys.ring(), keys.version()]
    const [sameRing, sameVersion] = [keys.ring(), keys.version()]
    await keys.switchTo('new')

    expect(sameRing).toBe(ring)
    expect(sameVersion).toBe(version)
    expect(keys.ring()).not.toBe(ring)
    expect(keys.version()).not.toBe(version)
  })

  test('of a world is nobody else’s', async () => {
    const other = worldKeys().keys

    await keys.add({ jwk: anEcKey('new') })

    await expect(shown(other)).resolves.toEqual(['RSA', 'EC'])
  })
})
