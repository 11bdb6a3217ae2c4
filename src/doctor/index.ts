/**
 * Why a portal and its provider do not find each other, in words and with the fix.
 *
 * ```
 * address ─▶ connection ─▶ discovery ─▶ issuer · endpoints · keys · clock · PKCE
 *                                          └─▶ authorization request ─▶ cookies ─▶ client secret
 * ```
 *
 * It looks from outside, as a relying party does, at any OpenID Connect provider; it knows ours by
 * what discovery lists, and then names the settings to change. Every request is bounded in time and
 * size, none follows a redirect, and none ever goes to a real service. A failure that explains the
 * rest ends the examination: one cause, one fix.
 *
 * Not here: printing (cli), and anything that only somebody inside the provider could know.
 *
 * @module
 */

export type { Diagnosis, Finding, FindingId, Verdict } from './diagnosis.ts'
export { examine, type ExamineOptions } from './examine.ts'
export { formatDiagnosis } from './format-diagnosis.ts'
