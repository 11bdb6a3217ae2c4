import { createHash } from 'node:crypto'
import type { Client, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { subOf, type People } from '../accounts/index.ts'
import { presentContext } from './notes.ts'

/** What the library's grant carries besides its own fields: for whom the person acts. */
export interface ActingGrant {
  accountId?: string
  clientId?: string
  /** The id of the child, ward or organisation, where it is not the person themselves. */
  onBehalfOf?: string
}

/** Whose claims a request is about: whom the grant says, or the person who authenticated. */
export function subjectIdOf(ctx: KoaContextWithOIDC, accountId: string): string {
  const grant = ctx.oidc.entities.Grant as ActingGrant | undefined
  return (grant?.accountId === accountId && grant.onBehalfOf) || accountId
}

/**
 * Makes the `sub` that leaves the house, everywhere and in one place. The library's session, grant
 * and tokens know the person at the keyboard; on whose behalf they act is said by the grant, so
 * that a guardian can act for a child at one relying party and be themselves at the next.
 */
export class Subjects {
  readonly #people: People

  constructor(people: People) {
    this.#people = people
  }

  /**
   * The `sub` of a person or organisation for a relying party; of somebody who was removed, the one
   * that it was. OpenID Connect Core §8.
   */
  async wireSub(id: string, client: Client): Promise<string> {
    const known = (await this.#people.find(id)) ?? (await this.#people.organization(id))
    const sub = known?.sub ?? subOf('person', id)
    return asksPairwise(client) ? pairwise(sub, client) : sub
  }

  /** Sends every `sub` of this provider through {@link Subjects.wireSub}. */
  install(provider: Provider): void {
    const { IN_PAYLOAD } = provider.Grant as unknown as { IN_PAYLOAD: string[] }
    Object.defineProperty(provider.Grant, 'IN_PAYLOAD', {
      get: () => [...IN_PAYLOAD, 'onBehalfOf'],
    })
    Object.defineProperty(provider.Client.prototype, 'subjectType', {
      get: () => 'pairwise',
      set(this: AskingClient, asked: string) {
        Object.defineProperty(this, askedSubjectType, { value: asked, configurable: true })
      },
    })
  }

  /** The library's `pairwiseIdentifier`: from the person at the keyboard to the `sub` on the wire. */
  async identify(accountId: string, client: Client): Promise<string> {
    const grant = await presentGrant(client.clientId)
    const subjectId = (grant?.accountId === accountId && grant.onBehalfOf) || accountId
    return this.wireSub(subjectId, client)
  }
}

const askedSubjectType = Symbol('subject_type')

interface AskingClient {
  [askedSubjectType]?: string
}

const asksPairwise = (client: Client) => (client as AskingClient)[askedSubjectType] === 'pairwise'

/**
 * OpenID Connect Core §8.1 leaves open how. A hash: it leads one way only, and is the same within a
 * sector.
 */
function pairwise(sub: string, client: Client): string {
  const { sectorIdentifier } = client as unknown as { sectorIdentifier: string }
  return createHash('sha256').update(`${sectorIdentifier}\n${sub}`).digest('base64url')
}

/** The grant for a relying party in the request that the library is answering. */
async function presentGrant(clientId: string): Promise<ActingGrant | undefined> {
  const { oidc } = presentContext() ?? {}
  if (oidc === undefined) return undefined
  if (oidc.grant?.clientId === clientId) return oidc.grant as ActingGrant
  const id = oidc.session?.grantIdFor(clientId)
  if (id === undefined) return undefined
  return (await oidc.provider.Grant.find(id)) as ActingGrant | undefined
}
