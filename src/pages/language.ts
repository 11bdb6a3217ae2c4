import { languages, type Language } from './page.ts'

/** The cookie in which the language switch is remembered. */
export const languageCookie = 'mock_vneid_lang'

/** What is known about the language a person wants. */
export interface LanguageWishes {
  /** The person's own choice, remembered from the switch at the top of each page. */
  cookie?: string | undefined
  /** The relying party's `ui_locales`, OpenID Connect Core §3.1.2.1: tags in order of preference. */
  uiLocales?: string | undefined
}

/**
 * The language of a page: the person's own choice, then the relying party's wish, then Vietnamese.
 * `Accept-Language` has no say: many browsers in Viet Nam are installed in English, and the service
 * that is simulated speaks Vietnamese to all of them.
 */
export function negotiateLanguage(wishes: LanguageWishes): Language {
  const wished = [wishes.cookie ?? '', ...(wishes.uiLocales ?? '').split(' ')]
  return wished.map(known).find((language) => language !== undefined) ?? languages[0]
}

function known(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0]
  return languages.find((language) => language === primary)
}
