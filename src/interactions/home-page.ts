import type { Clients } from '../clients/index.ts'
import { shownOf } from '../clients/index.ts'
import type { People } from '../accounts/index.ts'
import type { Language, Page } from '../pages/index.ts'
import { shownPersonas } from './test-data.ts'

export interface HomePageOptions {
  issuer: string
  people: People
  clients: Clients
  /** Where the demo portal is, when it is served. */
  portalUrl?: string
  hasTestData: boolean
}

/** What this server is, where libraries find it, whom one can be, and what is assumed. */
export async function homePage(options: HomePageOptions, language: Language): Promise<Page> {
  const { issuer, people, clients, portalUrl, hasTestData } = options
  const registered = await clients.list()
  return {
    view: 'home',
    language,
    languageSwitch: { vi: '?lang=vi', en: '?lang=en' },
    data: {
      issuer,
      sharedData: `${issuer}/shared-data`,
      discovery: `${issuer}/.well-known/openid-configuration`,
      ...(portalUrl === undefined ? {} : { portal: portalUrl }),
      personas: hasTestData ? await shownPersonas(people, language) : [],
      clients: registered.map((client) => ({
        id: client.client_id,
        name: shownOf(client).name,
        redirectUris: client.redirect_uris ?? [],
      })),
    },
  }
}
