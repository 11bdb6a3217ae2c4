import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PeopleFile, Person } from '../accounts/index.ts'
import { followBeginning } from './beginning.ts'
import type { RelyingParty } from '../clients/index.ts'
import {
  AskedWrongly,
  createInProcessCaller,
  createMocksDoor,
  MockClosed,
  WorldNotFound,
  type MockWorlds,
  type RootDeeds,
} from '../control/index.ts'
import { StoreUnavailable, type Random } from '../kernel/index.ts'
import { answerNowhere } from './nowhere.ts'
import type { WorldsShared } from './world-options.ts'
import { createWorld, type World } from './world.ts'
import { Registry } from './registry.ts'

/** What the files say. */
interface Files {
  people: PeopleFile
  clients: readonly RelyingParty[]
}

export interface WorldsOptions extends Omit<WorldsShared, 'files'> {
  files: Files
  issuer: string
  internalUrl: string | undefined
  portalUrl: string | undefined
  random: Random
  /** Whether others may serve the same worlds. */
  isShared: boolean
  mostWorlds: number
}

/** All worlds of a mock. */
export interface AllWorlds {
  /** The way in for programs of this process. */
  door: MockWorlds
  /** Answers what was asked at one of our origins. */
  answerAs(origin: string, request: IncomingMessage, response: ServerResponse): void
  personas(): Promise<readonly Person[]>
  /** From now on these people and relying parties, in every world that has those of the files. */
  replace(files: Files): void
  close(): Promise<void>
}

/** Opens the default world, and the way to all others. */
export async function openWorlds(options: WorldsOptions): Promise<AllWorlds> {
  let { files } = options
  const shared = { ...options, files: () => files }
  const worlds = new Registry({
    ...options,
    open: ({ name, id, isMaker }) =>
      createWorld({
        ...shared,
        name,
        id,
        path: `/w/${name}`,
        issuer: `${options.issuer}/w/${name}`,
        portalUrl: undefined,
        isMaker,
        end: () => worlds.end(name),
      }),
  })
  const world: World = createWorld({
    ...shared,
    name: 'default',
    id: '',
    path: '',
    isMaker: true,
    rootDeeds: rootDeedsOf(worlds, () => world),
    end: cannotEnd,
  })
  await world.refresh()
  const beginning = options.isShared ? await beginningOf(world, options) : undefined
  const deedsOf = (name: string) => {
    const found = name === world.name ? world : worlds.built(name)
    // It ended in this very moment.
    if (found === undefined) throw new WorldNotFound(name, [])
    return found.deeds
  }
  const answer = createAnswer(world, worlds, options)
  return {
    door: createMocksDoor(createInProcessCaller(world.deeds), {
      name: world.name,
      issuer: world.issuer,
      callerOf: ({ name }) => createInProcessCaller(deedsOf(name)),
    }),
    answerAs: answer,
    personas: () => world.people.personas(),
    replace: (changed) => {
      files = changed
      for (const one of [world, ...worlds.all()]) one.replace(changed)
    },
    close: async () => {
      beginning?.stop()
      await worlds.close()
      await world.close(new MockClosed())
    },
  }
}

const cannotEnd = async (): Promise<never> => {
  throw new AskedWrongly(
    'the default world cannot end: it is there as long as the mock. Reset it, or make a world of your own.',
  )
}

/** Agrees with others who serve the same worlds on when the default world began. */
async function beginningOf(world: World, { stores, realClock, log }: WorldsOptions) {
  const beginning = await followBeginning({
    store: stores.open('mock', realClock),
    clock: world.clock,
    realClock,
    log,
    onOther: (beganAt) => world.people.beginAt(beganAt),
  })
  world.people.beginAt(beginning.beganAt)
  return beginning
}

/** What only the mock's root can be asked. */
function rootDeedsOf(worlds: Registry, root: () => World): RootDeeds {
  const get = async (name: string) => (name === root().name ? root() : worlds.get(name))
  return {
    'worlds.create': async (wanted) => (await worlds.create(wanted)).view(),
    'worlds.list': async () => {
      const found = await Promise.all((await worlds.names()).map((name) => worlds.find(name)))
      const there = found.filter((world) => world !== undefined)
      return [root(), ...there].map((world) => world.view())
    },
    'worlds.get': async ({ world }) => (await get(world)).view(),
    'worlds.end': async ({ world }) => (world === root().name ? cannotEnd() : worlds.end(world)),
  }
}

/** The world that a path leads to: of `/w/<name>`, or the default one. */
function createAnswer(
  world: World,
  worlds: Registry,
  options: WorldsOptions,
): AllWorlds['answerAs'] {
  const { log, pages } = options
  const find = async (url: string) => {
    const [, name] = /^\/w\/([^/?#]+)(?=[/?#]|$)/.exec(url) ?? []
    if (name !== undefined) return { name, found: await worlds.find(name) }
    await world.refresh().catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable && needsNoStore.test(url))) throw error
    })
    return { name: world.name, found: world }
  }
  const answer = async (...[origin, request, response]: Parameters<AllWorlds['answerAs']>) => {
    const { name, found } = await find(request.url ?? '/')
    if (found) found.answerAs(origin, request, response)
    else answerNowhere({ kind: 'no_world', name, pages, home: `${origin}/` }, request, response)
  }
  return (origin, request, response) => {
    answer(origin, request, response).catch((error: unknown) => {
      const isOut = error instanceof StoreUnavailable
      // Without what stands behind it, which may be a token.
      const [path = ''] = (request.url ?? '').split('?')
      if (!isOut) log({ event: 'server-error', where: `${request.method} ${path}`, error })
      const kind = isOut ? 'unavailable' : 'server_error'
      if (response.headersSent) response.destroy()
      else answerNowhere({ kind, error, pages, home: `${origin}/` }, request, response)
    })
  }
}

/** What is the same whatever is remembered, and is answered when nothing can be. */
const needsNoStore = /^\/(\.well-known\/[^?]*|jwks)?(\?|$)/
