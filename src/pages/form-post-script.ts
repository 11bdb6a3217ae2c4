import { createHash } from 'node:crypto'

const text = 'document.forms[0].submit()'

/**
 * The only script of the whole product: it sends the form of `response_mode=form_post` on its way
 * (OAuth 2.0 Form Post Response Mode §2). A page that carries it names its hash, so that the policy
 * lets this text run and nothing else; without scripts the page's button does the same.
 */
export const formPostScript: Readonly<{ text: string; hash: string }> = {
  text,
  hash: `sha256-${createHash('sha256').update(text).digest('base64')}`,
}
