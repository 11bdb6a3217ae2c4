import type { Claims } from '../../accounts/index.ts'
import { MockVneidError } from '../../kernel/index.ts'
import type { Refusal } from '../../signin/index.ts'

/** For whom tokens are made, and what they say. */
export interface MintOptions {
  personId: string
  clientId: string
  /** On whose behalf: the id of a child, ward or organisation. */
  subjectId?: string | undefined
  /** Names of scopes; those that are not known count for nothing, and `openid` is always there. */
  scope: string
  nonce?: string | undefined
  /** As those of a plan. */
  claims?: Claims | undefined
}

export interface MintedTokens {
  /** Works at userinfo, until its time is over. Bound to no session. */
  accessToken: string
  idToken: string
  /** In seconds. */
  expiresIn: number
  scope: string
}

/** Somebody was asked to be signed in whom no sign-in would let in. */
export class AccountUnusable extends MockVneidError {
  override readonly code = 'ERR_ACCOUNT_UNUSABLE'
  readonly personId: string
  /** What the relying party would have heard. */
  readonly refusal: Refusal

  constructor(personId: string, refusal: Refusal) {
    super(
      `"${personId}" must be somebody who could sign in there, got ${refusal}. Change the account, or take another person.`,
    )
    this.personId = personId
    this.refusal = refusal
  }
}
