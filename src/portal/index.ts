/**
 * The example relying party: a province's public-service portal whose only way in is VNeID. Read it
 * to see how a portal signs people in: short, and with every check in place.
 *
 * ```
 * /login ─▶ RelyingParty.begin ─▶ provider ─▶ /callback ─▶ RelyingParty.complete ─▶ session
 * /services/:id/apply ─▶ requireLevel ─▶ (step-up, the same way) ─▶ filing
 * /logout ─▶ provider ─▶ /signed-out          provider ─▶ /backchannel-logout ─▶ signed out
 * ```
 *
 * It knows the provider only over the wire, from the issuer it is configured with, and every
 * address it calls comes from there. Tokens stay on the server; the browser holds a random id.
 *
 * Not here: anything of the provider's, how pages are made (`pages`), and listening (`http`).
 *
 * @module
 */

export { defaultAcrNames, type AcrNames } from './acr.ts'
export { openPortal, portalClientId } from './open-portal.ts'
export type { Portal, PortalOptions } from './portal.ts'
export { checkServices, type CheckedServices, type Service } from './services.ts'
