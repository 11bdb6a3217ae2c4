/**
 * Deliberate misbehaviour: what can be made to go wrong, and what is armed in a world.
 *
 * ```
 * arm ─▶ the world's changes ─▶ a room asks: does one strike here? ─▶ it applies the answer
 * ```
 *
 * Pure: this room decides, and whoever speaks HTTP applies. Each armed fault says where it strikes
 * (endpoint, relying party, person, sign-in), and how often; it is used up for all who serve the
 * world. Whoever is answered by one is told so by the header {@link faultHeader}.
 *
 * Not here: how a reply is changed on the wire (provider), who may arm (control).
 *
 * @module
 */

export { faultNames, type FaultKind, type FaultName, type Struck } from './catalogue.ts'
export {
  Faults,
  faultHeader,
  type ArmedFault,
  type NewFault,
  type StruckBy,
  type Where,
} from './faults.ts'
