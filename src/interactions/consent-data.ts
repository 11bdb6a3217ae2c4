import { claimsOf, type Claims, type People } from '../accounts/index.ts'
import type { RelyingParty } from '../clients/index.ts'
import type { Language, Pages } from '../pages/index.ts'
import type { SignIn } from '../signin/index.ts'
import { sharedGroups, type SharedGroup } from './claims-in-words.ts'

export interface ConsentDataOptions {
  issuer: string
  pages: Pages
  people: People
}

/** What the page of consent lists: exactly what will be sent, and what of it may be kept back. */
export async function consentData(
  { issuer, pages, people }: ConsentDataOptions,
  client: RelyingParty,
  { demand, role, personId, withheld = [] }: SignIn,
  language: Language,
): Promise<object> {
  const { essential = ['sub'], optional = [] } = demand.asked ?? {}
  const told = await claimsOf({ people, subjectId: role!.subjectId, actorId: personId! })
  const values = client['subject_type'] === 'pairwise' ? asPairwise(pages, language, told) : told
  const required = sharedGroups(pages, language, [...essential, 'act'], values)
  return {
    personName: role!.name,
    essential: withSignIn(pages, language, required),
    optional: sharedGroups(pages, language, optional, values).map((group) => ({
      ...group,
      items: group.items.map((item) => ({ ...item, isTicked: !withheld.includes(item.name) })),
    })),
    sharedData: `${issuer}/shared-data`,
  }
}

/** The first group also says what every sign-in tells. */
const withSignIn = (
  pages: Pages,
  language: Language,
  [account, ...others]: SharedGroup[],
): object[] => {
  const text = (key: string) => pages.text(language, `consent.${key}`)
  const signIn = { name: 'sign_in', label: text('this_sign_in'), value: text('this_sign_in_told') }
  return account ? [{ ...account, items: [...account.items, signIn] }, ...others] : []
}

/** Identifiers that are made for one relying party are nobody's to read. */
function asPairwise(pages: Pages, language: Language, told: Claims): Claims {
  const sub = pages.text(language, 'consent.made_for_them')
  const { act } = told
  return { ...told, sub, ...(act ? { act: { ...act, sub } } : {}) }
}
