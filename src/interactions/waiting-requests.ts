import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RelyingParty } from '../clients/index.ts'
import type { Beginning, SignIn } from '../signin/index.ts'

/** An authorization request that waits in a browser for a sign-in. */
export interface WaitingRequest {
  id: string
  client: RelyingParty
  beginning: Beginning
  redirectUri: string
  uiLocales?: string
  returnTo: string
}

/** What this room asks of whoever speaks OpenID Connect. */
export interface WaitingRequests {
  find(request: IncomingMessage, response: ServerResponse): Promise<WaitingRequest | undefined>
  finish(
    request: IncomingMessage,
    response: ServerResponse,
    signIn: SignIn,
  ): Promise<string | undefined>
  isKnownTo(request: IncomingMessage): Promise<boolean>
}
