/** A relying party in a process of its own: signs in as often as it is told, some at a time. */

import { createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'

/**
 * @typedef {object} Task
 * @property {number} port
 * @property {number[]} [ports] Replicas: each request goes to the next.
 * @property {string} [host] What all of them are called.
 * @property {string} authorizePath
 * @property {string} tokenPath
 * @property {Record<string, string>} params Of the authorization request, those that differ.
 * @property {{ clientId: string; clientSecret: string; redirectUri: string }} relyingParty
 * @property {number} count
 * @property {number} atATime
 */

const agent = new Agent({ keepAlive: true })

process.on('message', (/** @type {Task} */ task) => {
  run(task).then(
    (seconds) => process.send?.({ seconds }),
    (error) => process.send?.({ problem: String(error) }),
  )
})

/** @param {Task} task */
async function run(task) {
  let left = task.count
  const startedAt = performance.now()
  const one = async () => {
    while (left-- > 0) await signIn(task)
  }
  await Promise.all(Array.from({ length: task.atATime }, one))
  return (performance.now() - startedAt) / 1000
}

/**
 * One sign-in of somebody whom the server has never seen: no cookie is kept.
 *
 * @param {Task} task
 */
async function signIn(task) {
  const { authorizePath, tokenPath, params, relyingParty } = task
  const { clientId, clientSecret, redirectUri } = relyingParty
  const verifier = random()
  const nonce = random()
  const state = random()
  const query = new URLSearchParams({
    ...params,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const answer = await call(task, 'GET', `${authorizePath}?${query}`)
  const callback = new URL(answer.location ?? `about:blank?error=${answer.status}`)
  const code = callback.searchParams.get('code')
  if (code === null || callback.searchParams.get('state') !== state)
    throw new Error(`no code but ${answer.status} ${callback} ${answer.body}`)

  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  })
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const token = await call(task, 'POST', tokenPath, String(form), authorization)
  if (token.status !== 200) throw new Error(`no tokens but ${token.status} ${token.body}`)
  const [, payload = ''] = JSON.parse(token.body).id_token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (claims.nonce !== nonce) throw new Error(`an ID token for another request: ${token.body}`)
}

let turn = 0

const random = () => randomBytes(32).toString('base64url')

/**
 * @param {Task} task
 * @param {string} method
 * @param {string} path
 * @param {string} [body]
 * @param {string} [authorization]
 * @returns {Promise<{ status: number; location: string | undefined; body: string }>}
 */
function call(task, method, path, body, authorization) {
  const port = task.ports?.[turn++ % task.ports.length] ?? task.port
  const headers = {
    Host: task.host ?? `localhost:${port}`,
    ...(authorization === undefined ? {} : { Authorization: authorization }),
    ...(body === undefined
      ? {}
      : {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': String(Buffer.byteLength(body)),
        }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers, agent },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk) => (text += chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            location: incoming.headers.location,
            body: text,
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
