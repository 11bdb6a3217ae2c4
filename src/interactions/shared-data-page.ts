import type { People } from '../accounts/index.ts'
import { shownOf, type Clients } from '../clients/index.ts'
import type { Language, Page, Pages } from '../pages/index.ts'
import type { SignIns } from '../signin/index.ts'
import { claimLabel, momentInVietNam } from './claims-in-words.ts'
import type { SharedByPerson, Sharing } from './shared-data.ts'

export interface SharedDataPageOptions {
  issuer: string
  pages: Pages
  people: People
  clients: Clients
  signIns: SignIns
  /** Where the demo portal is, when it is served. */
  portalUrl?: string
}

/** Whose consent was just withdrawn, as the address says it; or that a form did nothing. */
export type SharedDataNotice =
  { withdrawnFrom: string; subjectId: string | undefined } | 'form_used'

/** What somebody shares, with whom, and how to end it; to nobody, how to become somebody. */
export async function sharedDataPage(
  options: SharedDataPageOptions,
  shared: SharedByPerson | undefined,
  language: Language,
  notice?: SharedDataNotice,
): Promise<Page> {
  const { issuer, people, portalUrl } = options
  const person = shared && (await people.find(shared.personId))
  const said = shared && notice ? await noticeOf(options, shared, language, notice) : undefined
  return {
    view: 'shared-data',
    language,
    languageSwitch: { vi: '?lang=vi', en: '?lang=en' },
    data: {
      home: `${issuer}/`,
      action: `${new URL(issuer).pathname.replace(/\/$/, '')}/shared-data`,
      ...(portalUrl === undefined ? {} : { portal: portalUrl }),
      ...(said === undefined ? {} : { notice: said }),
      ...(shared && person
        ? {
            personName: person.name,
            form: shared.word,
            sharings: await Promise.all(
              shared.sharings.map((one) => shownSharing(options, shared, one, language)),
            ),
          }
        : {}),
    },
  }
}

async function shownSharing(
  { pages, people, clients, signIns }: SharedDataPageOptions,
  { personId }: SharedByPerson,
  { clientId, subjectId, shared, withheld, since, until }: Sharing,
  language: Language,
): Promise<object> {
  const client = await clients.find(clientId)
  const values = await signIns.consents.valuesOf(personId, subjectId)
  const isActing = subjectId !== personId
  const labels = (names: readonly string[]) =>
    names.map((name) => claimLabel(pages, language, name))
  return {
    clientId,
    name: client ? shownOf(client).name : clientId,
    ...(isActing ? { subjectId, subjectName: await nameOf(people, subjectId) } : {}),
    // What there is not is told to nobody, whatever was agreed.
    shared: labels([...shared, ...(isActing ? ['act'] : [])].filter((name) => name in values)),
    withheld: labels(withheld),
    since: momentInVietNam(since),
    until: momentInVietNam(until),
  }
}

/** An address can be made up: it says so only where it is true. */
async function noticeOf(
  { pages, clients }: SharedDataPageOptions,
  { personId, sharings }: SharedByPerson,
  language: Language,
  notice: SharedDataNotice,
): Promise<string | undefined> {
  if (notice === 'form_used') return pages.text(language, 'shared_data.form_used')
  const { withdrawnFrom, subjectId = personId } = notice
  const client = await clients.find(withdrawnFrom)
  const isThere = sharings.some(
    (one) => one.clientId === withdrawnFrom && one.subjectId === subjectId,
  )
  if (client === undefined || isThere) return undefined
  return pages.text(language, 'shared_data.withdrawn', { name: shownOf(client).name })
}

async function nameOf(people: People, id: string): Promise<string> {
  return ((await people.find(id)) ?? (await people.organization(id)))?.name ?? id
}
