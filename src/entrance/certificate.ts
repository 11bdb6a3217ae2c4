import { resolve } from 'node:path'
import type { Clock } from '../kernel/index.ts'
import type { TlsMaterial } from '../http/index.ts'
import { readCertificate } from './certificate-files.ts'

/** What we serve https with. */
export interface Certificate extends TlsMaterial {
  /** What our own programs must trust to call us. */
  trusted: string
  /** The certificate authority that we made ourselves: its certificate, and where that is kept. */
  authority?: { cert: string; file: string }
}

export interface CertificateOptions {
  tls: 'off' | 'self-signed' | 'files'
  certFile: string | undefined
  keyFile: string | undefined
  /** Where an authority of our own is kept. */
  folder: string
  /** Names and addresses beside those of this machine. */
  names: readonly string[]
  clock: Clock
}

/**
 * Finds or makes the certificate to serve with; none when https is off, and then nothing of this is
 * loaded.
 *
 * @throws {@link CertificateUnusable} When files are missing, do not match or are out of date.
 */
export async function openCertificate(
  options: CertificateOptions,
): Promise<Certificate | undefined> {
  const { tls, certFile = '', keyFile = '', folder, names, clock } = options
  if (tls === 'off') return undefined
  if (tls === 'files') {
    const { cert, key } = readCertificate(resolve(certFile), resolve(keyFile), clock)
    return { cert, key, trusted: cert }
  }
  const { openOwnCertificate } = await import('./own-authority.ts')
  return openOwnCertificate({ folder: resolve(folder), names, clock })
}
