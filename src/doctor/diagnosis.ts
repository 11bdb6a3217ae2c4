/** How one thing stands. `unknown` means that it could not be tried, and `why` says why. */
export type Verdict = 'ok' | 'warning' | 'wrong' | 'unknown'

/** What was looked at. */
export type FindingId =
  | 'address'
  | 'real-service'
  | 'proxy'
  | 'connection'
  | 'certificate'
  | 'discovery'
  | 'issuer'
  | 'host'
  | 'endpoints'
  | 'proxy-headers'
  | 'keys'
  | 'clock'
  | 'pkce'
  | 'client'
  | 'redirect-uri'
  | 'cookies'
  | 'client-secret'

export interface Finding {
  id: FindingId
  verdict: Verdict
  /** What was found, and where. */
  what: string
  /** What it breaks, or why it could not be tried. Empty when all is well. */
  why: string
  /** What to do next. Empty when there is nothing to do. */
  fix: string
}

/** Everything that was looked at, in the order in which it should be mended. Plain JSON. */
export interface Diagnosis {
  /** The address that was asked for, as it was given. */
  issuer: string
  /** From where it was looked at. Another machine, or a container, may see something else. */
  from: 'here'
  /** The worst of all verdicts. */
  verdict: Verdict
  findings: readonly Finding[]
}

type Told = Pick<Finding, 'what' | 'why' | 'fix'>

export const ok = (id: FindingId, what: string): Finding => ({
  id,
  verdict: 'ok',
  what,
  why: '',
  fix: '',
})

export const warning = (id: FindingId, told: Told): Finding => ({ id, verdict: 'warning', ...told })

export const wrong = (id: FindingId, told: Told): Finding => ({ id, verdict: 'wrong', ...told })

export const unknown = (id: FindingId, told: Told): Finding => ({ id, verdict: 'unknown', ...told })

const fromBadToGood: readonly Verdict[] = ['wrong', 'warning', 'unknown', 'ok']

/** The worst verdict of all, `ok` when there is none. */
export function worstOf(findings: readonly Finding[]): Verdict {
  return (
    fromBadToGood.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? 'ok'
  )
}
