import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider'

/** What a test's provider remembers: everything, until the test ends. */
export function memoryAdapter(): AdapterConstructor {
  const records = new Map<string, AdapterPayload>()
  return class implements Adapter {
    readonly #model: string

    constructor(model: string) {
      this.#model = model
    }

    async upsert(id: string, payload: AdapterPayload): Promise<void> {
      records.set(this.#key(id), payload)
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return records.get(this.#key(id))
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return [...records.values()].find((payload) => payload.uid === uid)
    }

    async findByUserCode(): Promise<undefined> {}

    async consume(id: string): Promise<void> {
      const payload = records.get(this.#key(id))
      if (payload) payload.consumed = true
    }

    async destroy(id: string): Promise<void> {
      records.delete(this.#key(id))
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, payload] of records) if (payload.grantId === grantId) records.delete(key)
    }

    #key(id: string): string {
      return `${this.#model}:${id}`
    }
  }
}
