import type { Language, Page, Pages } from './page.ts'

/** A relying party as pages show it. */
export interface ShownRelyingParty {
  name: string
  uri?: string
  policyUri?: string
  tosUri?: string
}

/**
 * The page of a sign-in that is over, or that nobody knows: what to do instead of a stack or a
 * blank. It leads back to the relying party, or, where that is unknown, to the mock's home page.
 */
export function overPage(
  pages: Pages,
  language: Language,
  why: 'unknown' | 'finished' | 'restarted',
  relyingParty?: ShownRelyingParty,
  home?: string,
): Page {
  const say = (part: string) => pages.text(language, `over.${why}.${part}`)
  return {
    view: 'sign-in/over',
    language,
    data: {
      heading: say('heading'),
      message: say('message'),
      advice: say('advice'),
      ...(relyingParty ? { relyingParty } : {}),
      ...(home === undefined ? {} : { home }),
    },
  }
}
