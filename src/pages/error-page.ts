import type { Language, Page, Pages } from './page.ts'

/** The kind of error page that an HTTP status calls for: a group of texts under `error.`. */
export function errorKindOf(status: number): string {
  if (status === 404) return 'not_found'
  if (status === 413) return 'too_large'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'server_error' : 'bad_request'
}

/** The page of one kind of error; a detail is in the words of a specification, which are English. */
export function errorPage(
  pages: Pages,
  language: Language,
  kind: string,
  code: string,
  detail?: string,
): Page {
  const say = (part: string) => pages.text(language, `error.${kind}.${part}`)
  const data = { heading: say('heading'), message: say('message'), advice: say('advice'), code }
  return { view: 'errors/error', language, data: { ...data, ...(detail ? { detail } : {}) } }
}
