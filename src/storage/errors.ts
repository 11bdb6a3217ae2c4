import { MockVneidError } from '../kernel/index.ts'

/** What was given as the store's address is none. */
export class StoreAddressInvalid extends MockVneidError {
  override readonly code = 'ERR_STORE_ADDRESS_INVALID'
  readonly address: string

  constructor(address: string) {
    super(
      `store must be memory, redis://host:port, rediss://…, redis+sentinel://host:port,…/<name> or redis+cluster://host:port,…, got "${address}".`,
    )
    this.address = address
  }
}
