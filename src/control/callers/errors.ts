import { MockVneidError } from '../../kernel/index.ts'

/** Nobody answers there, or the connection broke off. */
export class MockUnreachable extends MockVneidError {
  override readonly code = 'ERR_MOCK_UNREACHABLE'
  readonly url: string

  constructor(url: string, cause: unknown) {
    super(
      `nobody answers at ${url} (${reasonOf(cause)}). Start the mock with "npx mock-vneid start", or correct the address.`,
      { cause },
    )
    this.url = url
  }
}

/** What `fetch` says first is only that it failed. */
function reasonOf(cause: unknown): string {
  const { code, message, cause: inner } = (cause ?? {}) as NodeJS.ErrnoException
  return inner === undefined ? (code ?? message ?? String(cause)) : reasonOf(inner)
}

/** What was given is no address that a mock could be called at. */
export class AddressInvalid extends MockVneidError {
  override readonly code = 'ERR_ADDRESS_INVALID'
  readonly url: string

  constructor(url: string) {
    super(
      `the mock's address must be a URL that begins with http:// or https://, got "${url}". Give the issuer that it names when it starts.`,
    )
    this.url = url
  }
}

/** Somebody answers there who is no mock, or is not called so. */
export class NotAMock extends MockVneidError {
  override readonly code = 'ERR_NOT_A_MOCK'
  readonly url: string
  readonly status: number

  constructor(url: string, status: number, body: string) {
    super(
      `${url} is not a world of Mock VNeID: it answered ${status} ${said(body)}. Give the issuer that the mock names when it starts, or that of one of its worlds.`,
    )
    this.url = url
    this.status = status
  }
}

/** The words of a mock that was called by another name, or of whoever else it is. */
function said(body: string): string {
  const { error_description: description } = objectIn(body)
  if (typeof description === 'string') return `and said: ${description.replace(/\.$/, '')}`
  return 'without the header x-mock-vneid'
}

function objectIn(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>
  } catch {
    return {}
  }
}
