import { inShort } from './connection.ts'
import { ok, unknown, warning, wrong, type Finding } from './diagnosis.ts'
import { listIn, textIn, type Discovery } from './discovery.ts'
import { isAnswer, objectIn, type Probe, type Reply } from './probe.ts'
import { quote } from './quote.ts'

type Method = 'client_secret_basic' | 'client_secret_post'

export interface Credentials {
  clientId: string
  clientSecret: string
}

/**
 * Whether the secret is the client's, by asking for tokens with a code that nobody issued: a
 * provider that believes the client refuses the code, one that does not refuses the client. The
 * secret is sent where the portal would send it, and never repeated here, nor is any answer to it.
 */
export async function examineClientSecret(
  discovery: Discovery,
  credentials: Credentials,
  redirectUri: string | undefined,
  probe: Probe,
): Promise<Finding | undefined> {
  const endpoint = textIn(discovery.document, 'token_endpoint') ?? ''
  if (!URL.canParse(endpoint)) return undefined
  const url = new URL(endpoint)
  const methods = methodsOf(discovery)
  const heard: Reply[] = []
  for (const method of methods) {
    const reply = await askForTokens(url, method, credentials, redirectUri, probe)
    heard.push(reply)
    if (!isRefusedClient(reply)) break
  }
  const last = heard.at(-1)
  if (!last) return undefined
  return judge(credentials.clientId, methods[heard.length - 1]!, heard.length > 1, last)
}

/** As discovery lists them, Basic first; Basic alone where it says nothing. RFC 8414 §2. */
function methodsOf({ document }: Discovery): Method[] {
  const listed = listIn(document, 'token_endpoint_auth_methods_supported')
  const ours = (['client_secret_basic', 'client_secret_post'] as const).filter((method) =>
    listed.includes(method),
  )
  return ours.length > 0 ? ours : ['client_secret_basic']
}

function judge(clientId: string, method: Method, isSecond: boolean, reply: Reply): Finding {
  if (!isAnswer(reply))
    return unknown('client-secret', {
      what: `the secret of ${quote(clientId)} could not be tried: the token endpoint ${reply.url.href} did not answer: ${inShort(reply)}.`,
      why: 'The portal’s server calls it to finish every sign-in.',
      fix: 'Mend that first; it stands under "endpoints" too when it is at another host.',
    })
  const error = errorOf(reply)
  if (isRefusedClient(reply))
    return wrong('client-secret', {
      what: `the token endpoint refuses the secret of ${quote(clientId)} (invalid_client).`,
      why: 'People can sign in, but the portal can never redeem their code, and shows an error of its own.',
      fix: 'Compare client_secret in the portal’s settings with the provider’s (clients.yaml): no blank or line break at its end, no quotes that are part of it, the environment variable really set. If the client uses private_key_jwt or is public, it has no secret to send.',
    })
  if (error === undefined || error === 'invalid_request' || reply.status >= 500)
    return unknown('client-secret', {
      what: `the token endpoint answers ${reply.status} to a request with a nonsense code, which does not show whether the secret of ${quote(clientId)} is right.`,
      why: 'It should say invalid_grant or invalid_client (RFC 6749 §5.2).',
      fix: `Look at the provider’s log for ${reply.url.pathname}.`,
    })
  if (error === 'unauthorized_client' || error === 'unsupported_grant_type')
    return warning('client-secret', {
      what: `the secret of ${quote(clientId)} is right, but the client may not redeem codes (${error}).`,
      why: 'Every sign-in ends at the token endpoint.',
      fix: 'Add authorization_code to the grant_types of the client.',
    })
  if (isSecond)
    return warning('client-secret', {
      what: `the secret of ${quote(clientId)} is right, but only as ${method}.`,
      why: 'Most libraries send client_secret_basic unless told otherwise, and this provider refuses it.',
      fix: `Set token_endpoint_auth_method to ${method} in the portal, or register the client for client_secret_basic.`,
    })
  return ok('client-secret', `the secret of ${quote(clientId)} is right (${method}).`)
}

async function askForTokens(
  url: URL,
  method: Method,
  { clientId, clientSecret }: Credentials,
  redirectUri: string | undefined,
  probe: Probe,
): Promise<Reply> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'mock-vneid-doctor-has-no-code',
    code_verifier: 'mock-vneid-doctor-has-no-code-and-no-verifier-either',
    redirect_uri: redirectUri ?? 'http://localhost/',
  })
  if (method === 'client_secret_basic')
    return probe(url, { form, headers: { Authorization: basic(clientId, clientSecret) } })
  form.set('client_id', clientId)
  form.set('client_secret', clientSecret)
  return probe(url, { form })
}

/** RFC 6749 §2.3.1: both halves are form-encoded first. */
function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ _: text }).toString().slice(2)
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`
}

const isRefusedClient = (reply: Reply) =>
  isAnswer(reply) && (reply.status === 401 || errorOf(reply) === 'invalid_client')

/** Of RFC 6749 §5.2, one of these or nothing: an answer to a secret is never repeated. */
function errorOf(reply: Reply): string | undefined {
  if (!isAnswer(reply)) return undefined
  const error = objectIn(reply)?.['error']
  return [
    'invalid_client',
    'invalid_grant',
    'invalid_request',
    'unauthorized_client',
    'unsupported_grant_type',
  ].find((known) => known === error)
}
