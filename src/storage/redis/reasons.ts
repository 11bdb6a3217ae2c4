import {
  certificateTroubleOf,
  type CertificateTrouble,
  type StoreTrouble,
} from '../../kernel/index.ts'

interface CommandRefused extends Error {
  command?: { name: string; args: readonly unknown[] }
}

/** Whether Redis would not let us into our database: ioredis would go on in another one. */
export const isDatabaseRefused = (error: unknown): boolean =>
  (error as CommandRefused).command?.name === 'select'

/** Why Redis cannot be asked, in words for whoever must change that. */
export function reasonOf(cause: unknown): string {
  const { code, name, message, command } = cause as NodeJS.ErrnoException & CommandRefused
  const said = message || (code ?? name)
  return command?.name === 'select'
    ? `database ${String(command.args[0])} cannot be used (${said})`
    : said
}

/** The same when there was none at the start: then it is likely not what the address says. */
export function reasonAtStart(cause: unknown, hasTls: boolean): string {
  const said = reasonOf(cause)
  if (/Unknown RESP type/.test(said)) return 'something else did: is the port right?'
  if (/unknown command 'sentinel'/i.test(said)) return 'a Redis did, which is no Sentinel'
  if (hasTls && isNoTls.test(said)) return 'nobody there answers in TLS, which "rediss" asks for'
  if (!hasTls && isHangingUp.test(said))
    return `${said.replace(/\.$/, '')}; with TLS it is "rediss"`
  return said
}

/** Redis waits for more when it hears a handshake; others answer in words of their own. */
const isNoTls =
  /ETIMEDOUT|timed out|^timeout$|wrong version number|packet length too long|before secure TLS/

const isHangingUp = /Connection is closed|ECONNRESET|EPIPE/

/** What kind of trouble that is, and what to do about it where it is known. */
export function troubleOf(cause: Error): StoreTrouble {
  const { code = '', name, message } = cause as NodeJS.ErrnoException
  const isRefusal = name === 'ReplyError'
  if (isRefusal)
    return { isRefusal, fix: message.startsWith('MOVED ') ? callTheCluster : undefined }
  const trouble = certificateTroubleOf(code)
  return trouble ? { isUntrusted: true, fix: certificateFixes[trouble] } : {}
}

const callTheCluster =
  'It is a node of a Cluster: begin --store with redis+cluster:// (with TLS rediss+cluster://)'

const certificateFixes: Readonly<Record<CertificateTrouble, string>> = {
  untrusted: 'Name the file of its certificate authority in NODE_EXTRA_CA_CERTS before the start',
  'out-of-date': 'Renew its certificate',
  'not-valid-yet': 'Compare its clock with the one here',
  'other-name': 'Call it by a name of its certificate',
}
