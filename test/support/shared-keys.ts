import { systemClock, systemRandom, type Json } from '../../src/kernel/index.ts'
import { keepInStore, openKeyRing, type KeyKeeper } from '../../src/keys/index.ts'
import { openStores } from '../../src/storage/index.ts'

const kept = new Map<string, Json>()
let made: Promise<void> | undefined

/**
 * Puts this test file's keys into a store before a mock uses it: one RSA key is made and not
 * dozens.
 */
export async function shareKeys(address: string, prefix: string): Promise<void> {
  await (made ??= makeKeys())
  const stores = await openStores({ address, prefix, maxRecords: Infinity })
  const keeper = keepInStore(stores.open('keys', systemClock))
  await Promise.all([...kept].map(([name, key]) => keeper.keep(name, key)))
  await stores.close()
}

async function makeKeys(): Promise<void> {
  const keeper: KeyKeeper = {
    read: async (name) => kept.get(name),
    keep: async (name, key) => kept.set(name, key as Json).get(name),
    place: (name) => name,
  }
  await (await openKeyRing({ keeper, random: systemRandom })).warm()
}
