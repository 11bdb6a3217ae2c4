import type { OperationName, RootName } from './types.ts'

type WorldOperationName = Exclude<OperationName, RootName>

/** Without their schemas, which take longer to make than a mock to start. */
const all: Readonly<Record<WorldOperationName, true>> = {
  describe: true,
  'people.create': true,
  'people.get': true,
  'people.list': true,
  'people.search': true,
  'people.random': true,
  'people.change': true,
  'people.remove': true,
  'clients.register': true,
  'clients.get': true,
  'clients.list': true,
  'clients.change': true,
  'clients.remove': true,
  signIn: true,
  'signIns.next': true,
  'signIns.list': true,
  'signIns.get': true,
  'signIns.answer': true,
  'signIns.wait': true,
  'messages.list': true,
  'messages.take': true,
  'clock.read': true,
  'clock.freeze': true,
  'clock.set': true,
  'clock.advance': true,
  'clock.thaw': true,
  expire: true,
  'keys.list': true,
  'keys.add': true,
  'keys.switch': true,
  'keys.retire': true,
  'faults.list': true,
  'faults.arm': true,
  'faults.disarm': true,
  'sessions.list': true,
  'sessions.end': true,
  'sessions.sendLogoutToken': true,
  'tokens.mint': true,
  'tokens.mintMany': true,
  'journal.list': true,
  'journal.take': true,
  'journal.clear': true,
  events: true,
  snapshot: true,
  restore: true,
  reset: true,
  end: true,
}

/** The names of all operations that every world has. */
export const worldOperationNames: readonly WorldOperationName[] = Object.keys(
  all,
) as WorldOperationName[]
