/**
 * Relying parties: who may ask for a sign-in, where answers may go, and how each is treated.
 *
 * Metadata is spelled as OpenID Connect Registration and OAuth spell it; what this mock adds
 * (journey, minimum level, automatic sign-in, named leniencies) stands beside it.
 *
 * What was changed while a world runs (registered, changed, removed) stands in its `Changes`, so
 * that every replica knows it.
 *
 * Not here: how a client authenticates and what it may send (provider).
 *
 * @module
 */

export { checkClients, type CheckedClients, type ReadClient } from './check-clients.ts'
export { createClients, type Clients, type ReplaceableClients } from './clients.ts'
export { ClientNotFound } from './errors.ts'
export { withPortalUrls } from './portal-urls.ts'
export {
  newRelyingPartySchema,
  relyingPartyChangeSchema,
  relyingPartySchema,
  roleKinds,
  type RelyingParty,
  type Treatment,
} from './relying-party.ts'
export { Registration, type RegistrationOptions } from './registration.ts'
export { shownOf } from './shown.ts'
