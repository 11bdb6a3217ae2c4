import { MockVneidError } from '../kernel/index.ts'
import { flawIn } from './certificate-flaws.ts'

/** The provider could not be reached, or did not speak for the issuer that is configured. */
export class ProviderUnreachable extends MockVneidError {
  override readonly code = 'ERR_PROVIDER_UNREACHABLE'
  readonly url: string

  constructor(url: string, options?: ErrorOptions) {
    const flaw = flawIn(options?.cause)
    super(
      flaw === undefined
        ? `provider must answer at ${url}, got nothing usable. Start it, or correct the portal's issuer.`
        : `provider must answer at ${url} with a certificate that holds, got one ${flaw.which} (${flaw.code}). ${flaw.fix}`,
      options,
    )
    this.url = url
  }
}

/** Who answers discovery speaks for another issuer than the one that is configured. */
export class WrongIssuer extends MockVneidError {
  override readonly code = 'ERR_ISSUER_WRONG'
  readonly expected: string
  readonly found: string

  constructor({ asked, expected, found }: { asked: string; expected: string; found: string }) {
    super(
      `discovery at ${asked} must be of issuer "${expected}", got "${found}". Set --issuer to what browsers call the provider, in the portal and in the provider alike.`,
    )
    this.expected = expected
    this.found = found
  }
}
