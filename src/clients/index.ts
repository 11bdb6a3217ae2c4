/**
 * Relying parties: who may ask for a sign-in, where answers may go, and how each is treated.
 *
 * Metadata is spelled as OpenID Connect Registration and OAuth spell it; what this mock adds
 * (journey, minimum level, automatic sign-in, named leniencies) stands beside it.
 *
 * Not here: how a client authenticates and what it may send (provider).
 *
 * @module
 */

export { checkClients, createClients, type CheckedClients, type Clients } from './clients.ts'
export { leniencies, roleKinds, type RelyingParty, type Treatment } from './relying-party.ts'
export { shownOf } from './shown.ts'
