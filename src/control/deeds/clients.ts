import type { WorldDeeds } from '../operations/types.ts'
import type { ControlledWorld } from '../controlled-world.ts'

type Names = `clients.${'register' | 'get' | 'list' | 'change' | 'remove'}`

export const clientDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'clients.register': ({ metadata }) => world.registration.register(metadata),
  'clients.get': ({ client }) => world.registration.get(client),
  'clients.list': async () => [...(await world.clients.list())],
  'clients.change': ({ client, metadata }) => world.registration.change(client, metadata),
  'clients.remove': ({ client }) => world.registration.remove(client),
})
