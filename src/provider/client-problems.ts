import type { Provider } from 'oidc-provider'
import type { RelyingParty } from '../clients/index.ts'
import type { Problem } from '../kernel/index.ts'
import { metadataOf } from './client-metadata.ts'

type Refusal = Error & {
  error_description?: string
  cause?: Error & { error_description?: string }
}

/**
 * What the library will not accept of each relying party, which it would otherwise say at the first
 * sign-in only: an algorithm it does not know, a redirect URI with a fragment, keys that do not
 * fit.
 */
export function clientProblems(provider: Provider, clients: readonly RelyingParty[]): Problem[] {
  const { Client } = provider as unknown as { Client: new (metadata: object) => object }
  return clients.flatMap((client, index): Problem[] => {
    const metadata = metadataOf(client)
    try {
      void new Client(structuredClone(metadata))
      return []
    } catch (error) {
      const { error_description: said, cause, message } = error as Refusal
      const why = [said ?? message, cause?.error_description ?? cause?.message]
      const text = why.filter(Boolean).join(': ')
      const key = keyIn(text, client)
      if (key === undefined) return [{ path: ['clients', index], message: text }]
      return [{ path: ['clients', index, key], message: text.replace(`${key} `, '') }]
    }
  })
}

/** The library names the key in its sentence, mostly as the first word. */
function keyIn(text: string, client: RelyingParty): string | undefined {
  const words = text.split(/[^a-z_]+/)
  return (
    words.find((word) => word.includes('_') && word in client) ??
    words.find((word) => word in client)
  )
}
