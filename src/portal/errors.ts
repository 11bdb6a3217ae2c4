import { MockVneidError } from '../kernel/index.ts'

/** The provider could not be reached, or did not speak for the issuer that is configured. */
export class ProviderUnreachable extends MockVneidError {
  override readonly code = 'ERR_PROVIDER_UNREACHABLE'
  readonly url: string

  constructor(url: string, options?: ErrorOptions) {
    super(
      `provider must answer at ${url}, got nothing usable. Start it, or correct the portal's issuer.`,
      options,
    )
    this.url = url
  }
}
