import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { openKeyRing, SigningKey, type KeyKeeper } from '../../src/keys/index.ts'
import { seededRandom } from '../../src/kernel/index.ts'

const text = Buffer.from('an ID token')

test('a key is brought once, however many need it first', async () => {
  let brought = 0
  const key = new SigningKey('k', 'ES256', async () => {
    brought += 1
    return anEcKeyObject()
  })

  await Promise.all([key.sign(text), key.sign(text), key.publicJwk(), key.privateJwk()])

  expect(brought).toBe(1)
})

test('a key that could not be brought is brought the next time', async () => {
  const tries: (() => Promise<KeyObject>)[] = [
    () => Promise.reject(new Error('the store is away')),
    async () => anEcKeyObject(),
  ]
  const key = new SigningKey('k', 'ES256', () => tries.shift()!())

  await expect(key.sign(text)).rejects.toThrow('the store is away')
  const signature = await key.sign(text)

  const publicKey = await key.publicKey()
  expect(verify('sha256', text, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(
    true,
  )
})

test('opening the process’s ring makes no RSA key; warming it makes one, for everybody', async () => {
  const kept = new Map<string, unknown>()
  const keeper: KeyKeeper = {
    read: async (name) => kept.get(name),
    keep: async (name, made) => {
      if (!kept.has(name)) kept.set(name, made)
      return kept.get(name)
    },
    place: (name) => name,
  }
  const [one, other] = [
    await openKeyRing({ keeper, random: seededRandom('one') }),
    await openKeyRing({ keeper, random: seededRandom('other') }),
  ]
  const atOpening = [...kept.keys()]

  await Promise.all([one.warm(), other.warm()])

  expect(atOpening).toEqual(['keys'])
  expect([...kept.keys()]).toEqual(['keys', one.signing[0]!.kid])
  await expect(one.publicJwks()).resolves.toEqual(await other.publicJwks())
  expect(one.cookieSecrets).toEqual(other.cookieSecrets)
})

const anEcKeyObject = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
