/** The closed set of codes by which a program tells our errors apart. */
export type ErrorCode =
  | 'ERR_ACCOUNT_UNUSABLE'
  | 'ERR_ADDRESS_INVALID'
  | 'ERR_ASKED_WRONGLY'
  | 'ERR_CERTIFICATE_UNUSABLE'
  | 'ERR_CLAIM_LOST'
  | 'ERR_CLAIM_NOT_OPTIONAL'
  | 'ERR_CLIENT_INVALID'
  | 'ERR_CLIENT_NOT_FOUND'
  | 'ERR_CLIENT_TAKEN'
  | 'ERR_CONFIG_INVALID'
  | 'ERR_FAULT_NOT_FOUND'
  | 'ERR_FILE_UNREADABLE'
  | 'ERR_HOST_NOT_HERE'
  | 'ERR_ISSUER_FORBIDDEN'
  | 'ERR_ISSUER_WRONG'
  | 'ERR_KEYS_UNREADABLE'
  | 'ERR_KEYS_UNWRITABLE'
  | 'ERR_KEY_INVALID'
  | 'ERR_KEY_NEEDED'
  | 'ERR_KEY_NOT_FOUND'
  | 'ERR_KEY_TAKEN'
  | 'ERR_LIMIT_REACHED'
  | 'ERR_MEDIA_TYPE_WRONG'
  | 'ERR_METHOD_NOT_ALLOWED'
  | 'ERR_MISDIRECTED_REQUEST'
  | 'ERR_MOCK_CLOSING'
  | 'ERR_MOCK_UNREACHABLE'
  | 'ERR_NOTHING_CAME'
  | 'ERR_NOT_A_MOCK'
  | 'ERR_NO_PROGRESS'
  | 'ERR_OPERATION_NOT_FOUND'
  | 'ERR_ORIGIN_FOREIGN'
  | 'ERR_PERSONAL_NUMBER_INVALID'
  | 'ERR_PERSON_INVALID'
  | 'ERR_PERSON_NOT_FOUND'
  | 'ERR_PERSON_TAKEN'
  | 'ERR_PORT_IN_USE'
  | 'ERR_PROVIDER_UNREACHABLE'
  | 'ERR_REQUEST_INVALID'
  | 'ERR_ROLE_NOT_FOUND'
  | 'ERR_SERVER_FAILED'
  | 'ERR_SIGN_IN_NOT_FOUND'
  | 'ERR_SIGN_IN_REFUSED'
  | 'ERR_SNAPSHOT_NOT_FOUND'
  | 'ERR_STORE_ADDRESS_INVALID'
  | 'ERR_STORE_FULL'
  | 'ERR_STORE_UNAVAILABLE'
  | 'ERR_TOKENS_GONE'
  | 'ERR_TOKEN_NEEDED'
  | 'ERR_TOO_LARGE'
  | 'ERR_VIEW_BROKEN'
  | 'ERR_WORLD_INVALID'
  | 'ERR_WORLD_NOT_FOUND'
  | 'ERR_WORLD_TAKEN'

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

/** There are as many of something as there may be. */
export class LimitReached extends MockVneidError {
  override readonly code = 'ERR_LIMIT_REACHED'
  readonly limit: number

  /** @param there What there is, with the limit in it: `this world has 1000 faults`. */
  constructor(limit: number, there: string, advice: string) {
    super(`${there}, which is the most. ${advice}`)
    this.limit = limit
  }
}
