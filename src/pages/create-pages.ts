import { Eta } from 'eta'
import { ViewBroken } from './errors.ts'
import { formPostScript } from './form-post-script.ts'
import { loadMessages, type Messages, type Values } from './messages.ts'
import { headersFor } from './page-headers.ts'
import type { Language, Page, Pages } from './page.ts'
import { webLink } from './web-link.ts'

export interface PagesOptions {
  /** The folder of the templates and of `locales/`. */
  viewsRoot: string
  /** Where the stylesheets and fonts are served, without a slash at the end: `Assets.path`. */
  assetsPath: string
}

/**
 * Makes pages out of templates and messages. Both are read when they are first needed and kept, so
 * that a server which shows no page reads none.
 */
export function createPages({ viewsRoot, assetsPath }: PagesOptions): Pages {
  const eta = new Eta({ views: viewsRoot, cache: true, autoEscape: true })
  const loaded = new Map<Language, Messages>()

  const messagesIn = (language: Language): Messages => {
    const messages = loaded.get(language) ?? loadMessages(viewsRoot, language)
    loaded.set(language, messages)
    return messages
  }

  /** What every template can use beside its data. */
  const helpersFor = (page: Page) => {
    const messages = messagesIn(page.language)
    return {
      t: (key: string, values?: Values) => messages.text(key, values),
      /** The text of a known value, such as an account's state; the value itself when it has none. */
      label: (group: string, value: string) =>
        messages.has(`${group}.${value}`) ? messages.text(`${group}.${value}`) : value,
      webLink,
      language: page.language,
      languageSwitch: page.languageSwitch,
      assets: assetsPath,
      script: formPostScript.text,
    }
  }

  return {
    text: (language, key, values) => messagesIn(language).text(key, values),
    render: (page) => {
      try {
        const html = eta.render(`/${page.view}`, { ...helpersFor(page), data: page.data })
        return { html, headers: headersFor(page) }
      } catch (cause) {
        if (cause instanceof ViewBroken) throw cause
        throw new ViewBroken(page.view, `cannot be shown: ${firstLine(cause)}.`, { cause })
      }
    },
  }
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]
