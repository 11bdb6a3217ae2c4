import type { IncomingMessage, ServerResponse } from 'node:http'
import { openInteractions } from '../interactions/index.ts'
import type { WorldKeys } from '../keys/index.ts'
import { createProvider, type WorldProvider } from '../provider/index.ts'
import { signInSettingsOf, type Ground, type Parts } from './parts.ts'
import type { WorldOptions } from './world-options.ts'

/** What a world is to those who call it by one name. */
export interface Issuer {
  provider: WorldProvider
  /** Of what keys it was built. */
  keys: object
  answer: (request: IncomingMessage, response: ServerResponse) => void
}

/** Builds the provider of a world for one of its names, and the pages beside it. */
export function createIssuer(
  issuer: string,
  options: WorldOptions,
  { store, clock, changes }: Ground,
  { record, ...parts }: Parts,
  worldKeys: WorldKeys,
): Issuer {
  const { path: basePath, internalUrl, settings, log, pages } = options
  const keys = worldKeys.ring()
  const shared = { ...parts, issuer, store, clock, log, pages }
  const provider = createProvider({
    ...shared,
    internalUrl,
    fetch: options.fetch,
    outbound: settings.outbound,
    world: options.name,
    clientsFile: options.clientsFile,
    stamps: () => (changes.get('stamps') === 'world' ? 'world' : 'real'),
    isSeeded: record?.seed !== undefined,
    keys,
    defaultJourney: signInSettingsOf(settings.sign_in, record).journey,
    settings: settings.provider,
  })
  const showPages = openInteractions({
    ...shared,
    basePath,
    requests: provider.requests,
    sharedData: provider.sharedData,
    hasTestData: settings.pages.test_data,
    codeSeconds: settings.sign_in.code_seconds,
    ...(options.portalUrl === undefined ? {} : { portalUrl: options.portalUrl }),
  })
  const speakOpenId = provider.provider.callback()
  const ownPages = [basePath, `${basePath}/`, `${basePath}/shared-data`]
  const isPage = (path: string) =>
    ownPages.includes(path) || path.startsWith(`${basePath}/sign-in/`)
  return {
    provider,
    keys: worldKeys.version(),
    answer: (request, response) => {
      if (isPage((request.url ?? '/').split('?', 1)[0]!)) return showPages(request, response)
      if (basePath !== '') {
        // As a server would that the library is mounted in.
        Object.assign(request, { baseUrl: basePath })
        request.url = request.url!.slice(basePath.length)
      }
      void speakOpenId(request, response)
    },
  }
}
