/** What may be wrong with the certificate of whoever was called. */
export type CertificateTrouble = 'untrusted' | 'other-name' | 'out-of-date' | 'not-valid-yet'

/** By the code of the error that Node makes of it. */
const troubles: Readonly<Record<string, CertificateTrouble>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-name',
  CERT_HAS_EXPIRED: 'out-of-date',
  CERT_NOT_YET_VALID: 'not-valid-yet',
}

/** What a code says of a certificate, or nothing where it speaks of something else. */
export const certificateTroubleOf = (code: string): CertificateTrouble | undefined =>
  Object.hasOwn(troubles, code) ? troubles[code] : undefined
