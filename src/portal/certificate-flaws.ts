interface Flaw {
  which: string
  fix: string
}

const untrusted: Flaw = {
  which: 'that nobody here trusts',
  fix: 'Name the file of its certificate authority in NODE_EXTRA_CA_CERTS before the portal starts.',
}

/** What may be wrong with a certificate, by the codes of Node. */
const flaws: Readonly<Record<string, Flaw>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_HAS_EXPIRED: { which: 'that is out of date', fix: 'Renew it.' },
  CERT_NOT_YET_VALID: { which: 'that is not valid yet', fix: 'Compare the clocks of both.' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    which: 'that is for other names',
    fix: 'Call the provider by one of them, or add this one with --tls-names where it starts.',
  },
}

/** What is wrong with the certificate of whoever was called: the reason is buried in causes. */
export function flawIn(cause: unknown): (Flaw & { code: string }) | undefined {
  if (!(cause instanceof Error)) return undefined
  const { code = '' } = cause as NodeJS.ErrnoException
  return Object.hasOwn(flaws, code) ? { ...flaws[code]!, code } : flawIn(cause.cause)
}
