import { scopeClaims, type Claims } from '../accounts/index.ts'
import type { Language, Pages } from '../pages/index.ts'
import { companionsOf, type Asked } from '../signin/index.ts'
import { countryName } from './country-names.ts'

/** A claim as people read it. */
export interface SharedItem {
  name: string
  label: string
  value: string
}

/** What one scope tells: its message key, and each claim with its label and value. */
export interface SharedGroup {
  key: string
  items: SharedItem[]
}

/** The message keys of what a relying party asks for, in the order of the scopes. */
export function asksOf(asked: Asked | undefined): string[] {
  const names = new Set([...(asked?.essential ?? []), ...(asked?.optional ?? [])])
  return Object.entries(scopeClaims)
    .filter(([scope, claims]) => scope !== 'openid' && claims.some((name) => names.has(name)))
    .map(([scope]) => keyOf(scope))
}

/** What the relying party is sent of these claims, in words and grouped by scope. */
export function sharedGroups(
  pages: Pages,
  language: Language,
  names: readonly string[],
  values: Claims,
): SharedGroup[] {
  const groups = Object.entries(scopeClaims).map(([scope, claims]) => ({
    key: keyOf(scope),
    items: claims
      .filter((name) => names.includes(name) && name in values)
      .map((name) => ({
        name,
        label: claimLabel(pages, language, wordFor(name, values)),
        value: [
          claimInWords(pages, language, name, values[name]),
          ...companionsOf(name).flatMap((one) => remarkOf(pages, language, values[one])),
        ].join(' · '),
      })),
  }))
  return groups.filter(({ items }) => items.length > 0)
}

/** Foreigners have cards of another kind. */
const wordFor = (name: string, { account_type: type }: Claims): string =>
  name === 'card' && type === 'foreigner' ? 'card_of_foreigner' : name

/** What a claim is called. */
export const claimLabel = (pages: Pages, language: Language, name: string): string =>
  pages.text(language, `claims.${name}`)

const keyOf = (scope: string) => `asks.${scope}`

/** What a claim adds to the one that it goes along with. Parts of a name add nothing. */
function remarkOf(pages: Pages, language: Language, value: unknown): string[] {
  if (typeof value !== 'boolean') return []
  return [pages.text(language, value ? 'consent.verified' : 'consent.not_verified')]
}

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
  if (name === 'locale')
    return new Intl.DisplayNames(language, { type: 'language' }).of(String(value))!
  if (name === 'updated_at') return dayInVietNam(Number(value) * 1000)
  return inWords(pages, language, value)
}

const theDay = {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
} as const

/** `31/12/2026`, where the person is. */
export const dayInVietNam = (ms: number): string =>
  new Intl.DateTimeFormat('vi-VN', theDay).format(ms)

/** `09:30 31/12/2026`, where the person is. */
export const momentInVietNam = (ms: number): string =>
  new Intl.DateTimeFormat('vi-VN', { ...theDay, hour: '2-digit', minute: '2-digit' }).format(ms)

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
