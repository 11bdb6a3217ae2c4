import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import {
  createPrivateFile,
  makePrivateFolder,
  replacePrivateFile,
  type Clock,
} from '../kernel/index.ts'
import type { TlsMaterial } from '../http/index.ts'
import type { Certificate } from './certificate.ts'
import { CertificateUnusable } from './errors.ts'

export interface OwnCertificateOptions {
  folder: string
  names: readonly string[]
  clock: Clock
}

const day = 24 * 3600 * 1000

/** How long before its end something is made anew. */
const spare = { authority: 400 * day, server: 7 * day }

const alwaysNamed = ['localhost', '127.0.0.1', '::1']

/**
 * The certificate authority of a data folder, and the certificate that it gave this server. The
 * authority stays, so that it need be trusted once only; the certificate is made anew when it is
 * about to end or other names are wanted. Processes that start together over one folder agree on
 * one authority, and each serves with a certificate that it gave.
 *
 * @throws {@link CertificateUnusable} When nothing can be kept in the folder.
 */
export async function openOwnCertificate(options: OwnCertificateOptions): Promise<Certificate> {
  const { folder, clock } = options
  const names = [...new Set([...alwaysNamed, ...options.names])]
  const files = (part: string) => ({
    cert: join(folder, `${part}.pem`),
    key: join(folder, `${part}-key.pem`),
  })
  const [caFiles, serverFiles] = [files('ca'), files('tls')]
  const authority = await openAuthority(folder, caFiles, clock)
  const keptServer = readPair(serverFiles)
  const isStillGood =
    keptServer &&
    lasts(keptServer, clock.now() + spare.server) &&
    isFrom(keptServer, authority) &&
    isFor(keptServer, names)
  const server = isStillGood
    ? keptServer
    : keepPair(folder, serverFiles, await (await maker()).makeServer(authority, names, clock))
  return {
    cert: server.cert + authority.cert,
    key: server.key,
    trusted: authority.cert,
    authority: { cert: authority.cert, file: caFiles.cert },
  }
}

const maker = () => import('./make-certificate.ts')

/**
 * The key that is kept first holds, and every certificate of the authority is made of that: so it
 * does not matter whose is kept, and whoever trusts one trusts what the others gave.
 */
async function openAuthority(
  folder: string,
  files: TlsMaterial,
  clock: Clock,
): Promise<TlsMaterial> {
  const find = () => {
    const pair = readPair(files)
    return pair && lasts(pair, clock.now() + spare.authority) ? pair : undefined
  }
  const kept = find()
  if (kept) return kept
  const { makeKey, makeAuthority } = await maker()
  const newKey = await makeKey()
  return writing(folder, files, () => {
    const key = keepUsable(files.key, newKey, () => readKey(files.key)) ?? newKey
    const made = makeAuthority(key, clock)
    return keepUsable(files.cert, made.cert, find) ?? made
  })
}

/** Writes the file unless there is one that can be used, and returns what is found there then. */
function keepUsable<T>(file: string, made: string, find: () => T | undefined): T | undefined {
  if (!createPrivateFile(file, made) && find() === undefined) replacePrivateFile(file, made)
  return find()
}

/** A key that an authority of ours can have, or nothing. */
function readKey(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    return createPrivateKey(text).asymmetricKeyType === 'ec' ? text : undefined
  } catch {
    return undefined
  }
}

/** A certificate and its key, or nothing when either is missing or they do not belong together. */
function readPair(files: TlsMaterial): TlsMaterial | undefined {
  try {
    const pair = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') }
    const belong = new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))
    return belong ? pair : undefined
  } catch {
    return undefined
  }
}

/** The key first: should we be cut off in between, the two do not match and are made anew. */
function keepPair(folder: string, files: TlsMaterial, made: TlsMaterial): TlsMaterial {
  return writing(folder, files, () => {
    for (const part of ['key', 'cert'] as const) replacePrivateFile(files[part], made[part])
    return made
  })
}

function writing<T>(folder: string, files: TlsMaterial, write: () => T): T {
  try {
    makePrivateFolder(folder)
    return write()
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new CertificateUnusable(
      files.cert,
      `cannot be written (${code}). Make "${folder}" a folder that can be written to, or name another with --data-folder.`,
      { cause },
    )
  }
}

const lasts = ({ cert }: TlsMaterial, until: number) =>
  Date.parse(new X509Certificate(cert).validTo) > until

function isFrom({ cert }: TlsMaterial, authority: TlsMaterial): boolean {
  const { publicKey } = new X509Certificate(authority.cert)
  return new X509Certificate(cert).verify(publicKey)
}

/** Whether it is for these names and no others, in whatever order. */
function isFor({ cert }: TlsMaterial, names: readonly string[]): boolean {
  const certificate = new X509Certificate(cert)
  const count = certificate.subjectAltName?.split(', ').length
  const isNamed = (name: string) =>
    isIP(name) === 0
      ? certificate.checkHost(name, { wildcards: !name.startsWith('*') })
      : certificate.checkIP(name)
  return count === names.length && names.every((name) => isNamed(name) !== undefined)
}
