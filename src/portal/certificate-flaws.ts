import { certificateTroubleOf, type CertificateTrouble } from '../kernel/index.ts'

interface Flaw {
  which: string
  fix: string
}

const flaws: Readonly<Record<CertificateTrouble, Flaw>> = {
  untrusted: {
    which: 'that nobody here trusts',
    fix: 'Name the file of its certificate authority in NODE_EXTRA_CA_CERTS before the portal starts.',
  },
  'out-of-date': { which: 'that is out of date', fix: 'Renew it.' },
  'not-valid-yet': { which: 'that is not valid yet', fix: 'Compare the clocks of both.' },
  'other-name': {
    which: 'that is for other names',
    fix: 'Call the provider by one of them, or add this one with --tls-names where it starts.',
  },
}

/** What is wrong with the certificate of whoever was called: the reason is buried in causes. */
export function flawIn(cause: unknown): (Flaw & { code: string }) | undefined {
  if (!(cause instanceof Error)) return undefined
  const { code = '' } = cause as NodeJS.ErrnoException
  const trouble = certificateTroubleOf(code)
  return trouble ? { ...flaws[trouble], code } : flawIn(cause.cause)
}
