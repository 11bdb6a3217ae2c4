import { claimsOf, type Claims, type People } from '../accounts/index.ts'
import type { RelyingParty } from '../clients/index.ts'
import type { Language, Pages } from '../pages/index.ts'
import type { SignIn, SignIns } from '../signin/index.ts'
import { sharedGroups, type SharedGroup } from './claims-in-words.ts'

export interface ConsentDataOptions {
  issuer: string
  pages: Pages
  people: People
  signIns: SignIns
}

/** What the page of consent lists: exactly what will be sent, and what of it may be kept back. */
export async function consentData(
  { issuer, pages, people, signIns }: ConsentDataOptions,
  client: RelyingParty,
  signIn: SignIn,
  language: Language,
): Promise<object> {
  const { demand, role, personId } = signIn
  const withheld = await withheldBy(signIn, signIns)
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

/** What they said on this page, or when they were asked before. */
async function withheldBy(
  { demand, role, personId, withheld, problem }: SignIn,
  { consents }: SignIns,
): Promise<readonly string[]> {
  if (withheld || problem) return withheld ?? []
  const of = { personId: personId!, clientId: demand.clientId, subjectId: role!.subjectId }
  const decisions = (await consents.find(of))?.decisions ?? {}
  return Object.keys(decisions).filter((name) => decisions[name]?.isShared === false)
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
