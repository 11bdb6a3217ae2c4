import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Clock } from '../kernel/index.ts'
import type { TlsMaterial } from '../http/index.ts'
import { CertificateUnusable } from './errors.ts'

/**
 * Reads a certificate and its key, and looks at them as a client would.
 *
 * @throws {@link CertificateUnusable} When one is missing, cannot be read, is out of date, or when
 *   they do not belong together.
 */
export function readCertificate(certFile: string, keyFile: string, clock: Clock): TlsMaterial {
  const cert = read(certFile, 'tls_cert')
  const key = read(keyFile, 'tls_key')
  const certificate = parseCertificate(certFile, cert)
  if (!certificate.checkPrivateKey(parseKey(keyFile, key)))
    throw new CertificateUnusable(
      certFile,
      `is not for the private key in "${keyFile}". Name the two files that belong together; in a chain, the server’s own certificate comes first.`,
    )
  const { validFrom, validTo } = certificate
  if (Date.parse(validFrom) > clock.now() || Date.parse(validTo) <= clock.now())
    throw new CertificateUnusable(
      certFile,
      `is valid from ${validFrom} to ${validTo}, which is not today. Renew it, or use --tls self-signed.`,
    )
  return { cert, key }
}

function read(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new CertificateUnusable(
      file,
      `cannot be read (${code}). Correct ${setting}, relative to the working folder.`,
      { cause },
    )
  }
}

function parseCertificate(file: string, text: string): X509Certificate {
  try {
    return new X509Certificate(text)
  } catch (cause) {
    throw new CertificateUnusable(
      file,
      'is no certificate in PEM. It must begin with -----BEGIN CERTIFICATE-----.',
      { cause },
    )
  }
}

function parseKey(file: string, text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch (cause) {
    throw new CertificateUnusable(
      file,
      'is no private key in PEM, or has a password. Give the key without one.',
      { cause },
    )
  }
}
