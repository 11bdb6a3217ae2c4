import type { MockWorlds, OperationInputs, OperationName } from '../../../src/control/index.ts'

type Method = (door: MockWorlds, inputs: OperationInputs) => unknown

/** How a program asks for each operation, with all that it takes. */
export const methods: Readonly<Record<OperationName, Method>> = {
  'worlds.create': (door, inputs) => door.world(inputs['worlds.create']),
  'worlds.list': (door) => door.worlds.list(),
  'worlds.get': (door, inputs) => door.worlds.get(inputs['worlds.get'].world),
  'worlds.end': (door, inputs) => door.worlds.end(inputs['worlds.end'].world),
  describe: (door) => door.describe(),
  'people.create': (door, inputs) => door.people.create(inputs['people.create'].wishes),
  'people.get': (door, inputs) => door.people.get(inputs['people.get'].person),
  'people.list': (door, inputs) => door.people.list(inputs['people.list']),
  'people.search': (door, inputs) => {
    const { criteria, ...which } = inputs['people.search']
    return door.people.search(criteria, which)
  },
  'people.random': (door, inputs) => {
    const { criteria, seed } = inputs['people.random']
    return door.people.random(criteria, seed)
  },
  'people.change': (door, inputs) => {
    const { person, wishes } = inputs['people.change']
    return door.people.change(person, wishes)
  },
  'people.remove': (door, inputs) => door.people.remove(inputs['people.remove'].person),
  'clients.register': (door, inputs) => door.clients.register(inputs['clients.register'].metadata),
  'clients.get': (door, inputs) => door.clients.get(inputs['clients.get'].client),
  'clients.list': (door) => door.clients.list(),
  'clients.change': (door, inputs) => {
    const { client, metadata } = inputs['clients.change']
    return door.clients.change(client, metadata)
  },
  'clients.remove': (door, inputs) => door.clients.remove(inputs['clients.remove'].client),
  signIn: (door, inputs) => door.signIn(inputs.signIn),
  'signIns.next': (door, inputs) => door.signIns.next(inputs['signIns.next']),
  'signIns.list': (door, inputs) => door.signIns.list(inputs['signIns.list']),
  'signIns.get': (door, inputs) => door.signIns.get(inputs['signIns.get'].signIn),
  'signIns.answer': (door, inputs) => {
    const { signIn, answer } = inputs['signIns.answer']
    return door.signIns.answer(signIn, answer)
  },
  'signIns.wait': (door, inputs) => door.signIns.wait(inputs['signIns.wait']),
  'messages.list': (door, inputs) => door.messages.list(inputs['messages.list']),
  'messages.take': (door, inputs) => door.messages.take(inputs['messages.take']),
  'clock.read': (door) => door.clock.read(),
  'clock.freeze': (door, inputs) => door.clock.freeze(inputs['clock.freeze']),
  'clock.set': (door, inputs) => door.clock.set(inputs['clock.set']),
  'clock.advance': (door, inputs) => door.clock.advance(inputs['clock.advance']),
  'clock.thaw': (door) => door.clock.thaw(),
  expire: (door, inputs) => {
    const { what, ...whose } = inputs.expire
    return door.expire(what, whose)
  },
  'keys.list': (door) => door.keys.list(),
  'keys.add': (door, inputs) => door.keys.add(inputs['keys.add']),
  'keys.switch': (door, inputs) => door.keys.switch(inputs['keys.switch'].kid),
  'keys.retire': (door, inputs) => door.keys.retire(inputs['keys.retire'].kid),
  'faults.list': (door) => door.faults.list(),
  'faults.arm': (door, inputs) => door.faults.arm(inputs['faults.arm']),
  'faults.disarm': (door, inputs) => door.faults.disarm(inputs['faults.disarm'].id),
  'sessions.list': (door, inputs) => door.sessions.list(inputs['sessions.list']),
  'sessions.end': (door, inputs) => door.sessions.end(inputs['sessions.end']),
  'sessions.sendLogoutToken': (door, inputs) =>
    door.sessions.sendLogoutToken(inputs['sessions.sendLogoutToken']),
  'tokens.mint': (door, inputs) => door.tokens.mint(inputs['tokens.mint']),
  'tokens.mintMany': (door, inputs) => door.tokens.mintMany(inputs['tokens.mintMany']),
  'journal.list': (door, inputs) => door.journal.list(inputs['journal.list']),
  'journal.take': (door, inputs) => door.journal.take(inputs['journal.take']),
  'journal.clear': (door) => door.journal.clear(),
  events: (door) => door.events(),
  snapshot: (door) => door.snapshot(),
  restore: (door, inputs) => door.restore(inputs.restore),
  reset: (door) => door.reset(),
  end: (door) => door.end(),
}
