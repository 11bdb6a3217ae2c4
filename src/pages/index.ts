/**
 * What a person sees: templates and messages in, HTML and the headers that guard it out.
 *
 * ```
 * a room's view model ─▶ views/<view>.eta + views/locales/<language>.yaml ─▶ page + policy
 * ```
 *
 * Everything a template is given is escaped, both languages have every text, no page needs a script
 * (one carries one: `form-post`), and `layouts/base` puts the simulation's mark on all of them.
 *
 * Not here: what a page says about whom (the rooms that ask for it), HTTP (they send it), and the
 * making of stylesheets and fonts (`scripts/build-assets.mjs`).
 *
 * @module
 */

export { createAssets, type Assets } from './assets.ts'
export { createPages, type PagesOptions } from './create-pages.ts'
export { errorKindOf, errorPage } from './error-page.ts'
export { AssetsMissing, ViewBroken } from './errors.ts'
export { formPostScript } from './form-post-script.ts'
export {
  languageAsked,
  languageCookie,
  negotiateLanguage,
  type LanguageWishes,
} from './language.ts'
export { overPage, type ShownRelyingParty } from './over-page.ts'
export { languages, type Language, type Page, type Pages, type RenderedPage } from './page.ts'
