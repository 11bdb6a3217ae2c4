import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bench = fileURLToPath(new URL('.', import.meta.url))
const root = join(bench, '..')
const oauth2MockServer = join(bench, 'node_modules/oauth2-mock-server/dist/oauth2-mock-server.mjs')

/**
 * What is compared: how each is started, and what a relying party sends to be signed in at once.
 *
 * Who can be given a key is given one, so that nobody makes an RSA key while being timed; the mock
 * that makes one at each start unless told otherwise is timed at starting both ways.
 *
 * @typedef {object} Server
 * @property {string} name
 * @property {(where: Where) => string[]} command What Node runs.
 * @property {(where: Where) => Record<string, string>} [environment]
 * @property {{ client_id: string; scope: string; login_hint?: string }} [request] Without one, only
 *   its start is timed.
 *
 * @typedef {object} Where
 * @property {number} port
 * @property {string} folder For what a server keeps between starts.
 * @property {string} keyFile An RSA key as a JWK.
 */

const redirectUri = 'http://localhost:8080/cb'
const clientId = 'test-rp'
const clientSecret = 'test-rp-secret'

/** The relying party, the same for everybody; as in `config/clients.yaml`. */
export const relyingParty = { clientId, clientSecret, redirectUri }

/** The one that the others are measured by. */
export const reference = 'bare oidc-provider'

/** @type {readonly Server[]} */
export const servers = [
  {
    name: 'mock-vneid',
    command: ({ port }) => [join(root, 'dist/cli.js'), 'start', '--no-portal', `--port=${port}`],
    environment: ({ folder }) => ({ MOCK_VNEID_DATA_FOLDER: folder }),
    request: { client_id: clientId, scope: 'openid profile', login_hint: 'auto:adult-level-2' },
  },
  {
    name: reference,
    command: ({ port, keyFile }) => [
      join(bench, 'bare-provider.mjs'),
      String(port),
      keyFile,
      JSON.stringify(relyingParty),
    ],
    request: { client_id: clientId, scope: 'openid profile', login_hint: 'auto:adult-level-2' },
  },
  {
    name: 'oauth2-mock-server',
    command: ({ port }) => [oauth2MockServer, '-a', '127.0.0.1', '-p', String(port)],
  },
  {
    name: 'oauth2-mock-server --jwk',
    command: ({ port, keyFile }) => [
      oauth2MockServer,
      '-a',
      '127.0.0.1',
      '-p',
      String(port),
      '--jwk',
      keyFile,
    ],
    request: { client_id: clientId, scope: 'openid profile' },
  },
  {
    name: '@hellocoop/mockin',
    command: () => [join(bench, 'node_modules/@hellocoop/mockin/src/server.js')],
    environment: ({ port }) => ({ PORT: String(port) }),
    // It knows no scope "profile": "name" is the nearest.
    request: { client_id: clientId, scope: 'openid name' },
  },
]
