import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { afterEach } from 'vitest'
import { followChanges, type Changes, type Store } from '../../src/kernel/index.ts'
import { createKeyRing, SigningKey, WorldKeys, type KeyRing } from '../../src/keys/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

export type Table = Pick<Store, 'change' | 'changesSince'>

const opened: Store[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()))
})

/** The table of a store, closed after the test: everybody who follows it is a replica. */
export function aTable(): Table {
  const store = createMemoryStore({ clock: new FrozenClock(Date.parse('2026-11-21T08:00:00Z')) })
  opened.push(store)
  return store
}

export const anEcKey = (kid?: string): JsonWebKey =>
  named(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(asJwk), kid)

export const anEdKey = (kid?: string): JsonWebKey =>
  named(generateKeyPairSync('ed25519').privateKey.export(asJwk), kid)

export const anRsaKey = (kid?: string, modulusLength = 2048): JsonWebKey =>
  named(generateKeyPairSync('rsa', { modulusLength }).privateKey.export(asJwk), kid)

const asJwk = { format: 'jwk' } as const

const named = (jwk: JsonWebKey, kid?: string) => (kid === undefined ? jwk : { ...jwk, kid })

/** The public half of a key. */
export function publicHalf(jwk: JsonWebKey): JsonWebKey {
  const secret = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi'])
  return Object.fromEntries(Object.entries(jwk).filter(([member]) => !secret.has(member)))
}

const [rsa, ec] = [anRsaKey(), anEcKey()]

/** What a process has: `rsa` by default, and `ec`. */
export const processRing: KeyRing = createKeyRing(
  [
    SigningKey.of({ ...rsa, kid: 'rsa', alg: 'RS256' }),
    SigningKey.of({ ...ec, kid: 'ec', alg: 'ES256' }),
  ],
  ['cookie secret'],
)

/** The keys of a world, as one who serves it has them. */
export function worldKeys(
  table: Table = aTable(),
  inherited: () => KeyRing = () => processRing,
): { keys: WorldKeys; changes: Changes } {
  const changes = followChanges(table)
  return { keys: new WorldKeys({ inherited, changes }), changes }
}

/** The names of all keys in their order, those that sign in capitals. */
export async function shown(keys: WorldKeys): Promise<string[]> {
  return (await keys.list()).map(({ kid, isSigning }) => (isSigning ? kid.toUpperCase() : kid))
}
