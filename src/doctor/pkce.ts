import { ok, warning, type Finding } from './diagnosis.ts'
import { listIn, type Discovery } from './discovery.ts'
import { list, quote } from './quote.ts'

/** Whether the provider says that it knows PKCE with S256. RFC 8414 §2, RFC 7636 §4.2. */
export function examinePkce({ document }: Discovery): Finding {
  const methods = listIn(document, 'code_challenge_methods_supported')
  if (methods.includes('S256')) return ok('pkce', 'discovery lists PKCE with S256.')
  return warning('pkce', {
    what:
      methods.length === 0
        ? 'discovery lists no code_challenge_methods_supported.'
        : `discovery lists ${list(methods.map(quote))} for PKCE, but not "S256".`,
    why: 'Libraries that look there send no PKCE, or refuse to start; a code that is stolen on its way can then be used.',
    fix: 'Switch PKCE with S256 on at the provider. The portal can send it all the same: a provider that does not know it ignores it.',
  })
}
