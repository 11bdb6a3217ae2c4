/** The closed set of codes by which a program tells our errors apart. */
export type ErrorCode =
  | 'ERR_CERTIFICATE_UNUSABLE'
  | 'ERR_CLAIM_LOST'
  | 'ERR_CONFIG_INVALID'
  | 'ERR_FILE_UNREADABLE'
  | 'ERR_HOST_NOT_HERE'
  | 'ERR_ISSUER_FORBIDDEN'
  | 'ERR_ISSUER_WRONG'
  | 'ERR_KEYS_UNREADABLE'
  | 'ERR_KEYS_UNWRITABLE'
  | 'ERR_PERSONAL_NUMBER_INVALID'
  | 'ERR_PERSON_NOT_FOUND'
  | 'ERR_PORT_IN_USE'
  | 'ERR_PROVIDER_UNREACHABLE'
  | 'ERR_ROLE_NOT_FOUND'
  | 'ERR_STORE_ADDRESS_INVALID'
  | 'ERR_STORE_FULL'
  | 'ERR_STORE_UNAVAILABLE'
  | 'ERR_TOO_LARGE'
  | 'ERR_VIEW_BROKEN'

/**
 * The family of every error this product throws on purpose. The message is for people and ends with
 * the next thing to do; programs read `code` and the fields of each subclass, never the text.
 */
export abstract class MockVneidError extends Error {
  abstract readonly code: ErrorCode

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}
