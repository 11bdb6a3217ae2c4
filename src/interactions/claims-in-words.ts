import { scopeClaims, type Claims } from '../accounts/index.ts'
import type { Language, Pages } from '../pages/index.ts'
import { countryName } from './country-names.ts'

/** A group of what will be shared: its message key, and each claim with its label and value. */
export interface SharedGroup {
  key: string
  items: { label: string; value: string }[]
}

/** The message keys of what a relying party asks for, in the order of the scopes. */
export function asksOf(scopes: readonly string[], claims: readonly string[]): string[] {
  return groupsAsked(scopes, claims).map(([scope]) => `asks.${scope}`)
}

/** Exactly what the relying party will be sent, in words and grouped. */
export function sharedGroups(
  pages: Pages,
  language: Language,
  asked: { scopes: readonly string[]; claims: readonly string[] },
  values: Claims,
): SharedGroup[] {
  return groupsAsked(asked.scopes, asked.claims).map(([scope, names]) => ({
    key: `asks.${scope}`,
    items: names
      .filter((name) => name in values)
      .map((name) => ({
        label: pages.text(language, `claims.${name}`),
        value: claimInWords(pages, language, name, values[name]),
      })),
  }))
}

/** Each scope asked for with its claims, and single claims with the scope they would belong to. */
function groupsAsked(
  scopes: readonly string[],
  claims: readonly string[],
): [scope: string, claims: readonly string[]][] {
  const groups = Object.entries(scopeClaims).map(([scope, names]): [string, readonly string[]] => {
    const shown = names.filter((name) => !aboutTheSignIn.has(name))
    return [scope, scopes.includes(scope) ? shown : shown.filter((name) => claims.includes(name))]
  })
  return groups.filter(([, names]) => names.length > 0)
}

/** Claims about the sign-in, and ones that only repeat another: nobody needs to read them. */
const aboutTheSignIn = new Set([
  'sub',
  'act',
  'acr',
  'amr',
  'auth_time',
  'authentication_level',
  'locale',
  'updated_at',
  'family_name',
  'middle_name',
  'given_name',
  'phone_number_verified',
  'email_verified',
])

const known = new Set([
  'male',
  'female',
  'citizen',
  'foreigner',
  'organization',
  'representative',
  'authorised',
  'staff',
])

function claimInWords(pages: Pages, language: Language, name: string, value: unknown): string {
  if (name === 'nationality') return countryName(String(value), language)
  if (name === 'account_level')
    return pages.text(language, 'consent.level', { level: Number(value) })
  return inWords(pages, language, value)
}

function inWords(pages: Pages, language: Language, value: unknown): string {
  if (typeof value === 'boolean') return pages.text(language, value ? 'value.yes' : 'value.no')
  if (typeof value === 'string') {
    if (known.has(value)) return pages.text(language, `value.${value}`)
    const [year, month, day] = value.split('-')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${day}/${month}/${year}` : value
  }
  if (Array.isArray(value)) return value.map((one) => inWords(pages, language, one)).join('; ')
  if (typeof value === 'object' && value !== null) {
    if ('formatted' in value) return String(value.formatted)
    return Object.entries(value)
      .map(([key, part]) => {
        const words = inWords(pages, language, part)
        return key === 'name' ? words : `${pages.text(language, `part.${key}`)}: ${words}`
      })
      .join(' · ')
  }
  return String(value)
}
