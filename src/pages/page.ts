/** The languages every page speaks. The first is the one a browser gets that asks for neither. */
export const languages = ['vi', 'en'] as const
export type Language = (typeof languages)[number]

/** What a room wants a person to see. */
export interface Page {
  /** The template, by its path under `views/` without its ending: `sign-in/identify`. */
  view: string
  language: Language
  /** What the template shows. Everything in it is escaped. */
  data: object
  /**
   * Origins beside our own that a form on this page may lead to, redirects included: the relying
   * party's. Chromium checks `form-action` on every redirect after a submission.
   */
  formActions?: readonly string[]
  /** The one inline script of a page that needs it, as the hash for the policy. */
  scriptHash?: string
  /** Where the same page is shown in the other language; no switch is shown without. */
  languageSwitch?: { vi: string; en: string }
}

/** A page made: what to send, and the headers that guard it. */
export interface RenderedPage {
  html: string
  headers: Readonly<Record<string, string>>
}

export interface Pages {
  render(page: Page): RenderedPage
  /** One message in one language, `{name}` filled in from `values`. */
  text(language: Language, key: string, values?: Readonly<Record<string, string | number>>): string
}
