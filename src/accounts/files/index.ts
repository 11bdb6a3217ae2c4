/**
 * People and organisations of files: read as they are written, judged by the law, with every
 * problem at once.
 *
 * ```
 * entry ─ readEntries ─▶ what could be read, and what not
 *                         ├ personProblems · organizationProblems   the law, where it can be judged
 *                         ├ referenceProblems                       who belongs to whom
 *                         └ withoutRepeated                         told of alike by two files
 * ```
 *
 * What one value hides, the others still tell: a rule whose field could not be read is not judged,
 * and no false alarm follows from it.
 *
 * Not here: reading text, lines and columns (config), what the law is (law), and people who are
 * made or changed while a world runs (registrar).
 *
 * @module
 */

export {
  checkPeople,
  type CheckedPeople,
  type CheckPeopleOptions,
  type KnownIds,
} from './check-people.ts'
export type { EntryOrigin } from './read-entries.ts'
