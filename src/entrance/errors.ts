import { MockVneidError } from '../kernel/index.ts'

/** A certificate, or the key that belongs to it, cannot serve. */
export class CertificateUnusable extends MockVneidError {
  override readonly code = 'ERR_CERTIFICATE_UNUSABLE'
  readonly file: string

  constructor(file: string, why: string, options?: ErrorOptions) {
    super(`certificate file "${file}" ${why}`, options)
    this.file = file
  }
}
