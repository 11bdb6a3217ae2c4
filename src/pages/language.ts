import { languages, type Language } from './page.ts'

/** The cookie in which a language is remembered: of the switch, or else of the last sign-in. */
export const languageCookie = 'mock_vneid_lang'

const asked = '-asked'

/**
 * What the cookie says when a relying party asked for the language and the person chose none: pages
 * that belong to no request, such as the one after a restart, then still speak it. Nothing when
 * there is nothing to remember, or the person did choose.
 */
export function languageAsked({ cookie, uiLocales }: LanguageWishes): string | undefined {
  const language = firstKnown((uiLocales ?? '').split(' '))
  const remembered = language && `${language}${asked}`
  const isChosen = known(cookie ?? '') !== undefined && !cookie?.endsWith(asked)
  return isChosen || remembered === cookie ? undefined : remembered
}

/** What is known about the language a person wants. */
export interface LanguageWishes {
  /** What {@link languageCookie} says: the person's own choice, or what was asked for before. */
  cookie?: string | undefined
  /** The relying party's `ui_locales`, OpenID Connect Core §3.1.2.1: tags in order of preference. */
  uiLocales?: string | undefined
}

/**
 * The language of a page: the person's own choice, then the relying party's wish, then the wish of
 * the sign-in before, then Vietnamese.
 *
 * `Accept-Language` has no say: many browsers in Viet Nam are installed in English, and the service
 * that is simulated speaks Vietnamese to all of them.
 */
export function negotiateLanguage(wishes: LanguageWishes): Language {
  const { cookie = '', uiLocales = '' } = wishes
  const wished = uiLocales.split(' ')
  const inOrder = cookie.endsWith(asked) ? [...wished, cookie] : [cookie, ...wished]
  return firstKnown(inOrder) ?? languages[0]
}

const firstKnown = (tags: readonly string[]) =>
  tags.map(known).find((language) => language !== undefined)

function known(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0]
  return languages.find((language) => language === primary)
}
