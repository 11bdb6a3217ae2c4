import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot, systemRandom, type LogEvent } from '../../../src/kernel/index.ts'
import { createPages } from '../../../src/pages/index.ts'
import { checkServices, openPortal, type Service } from '../../../src/portal/index.ts'
import { clientId, clientSecret, startProvider, type TestProvider } from './provider.ts'

export interface TestPortal {
  url: string
  provider: TestProvider
  /** What the portal reported. */
  events: LogEvent[]
  /** Cuts the portal off from its provider, with the error that it then meets, or joins them again. */
  cutOff(isCutOff: boolean, error?: unknown): void
  /** Changes what the portal reads at an endpoint of the provider: `/token`, `/me`. */
  tamper(path: string, change: (body: Record<string, unknown>) => object): void
  /** Moves the portal's clock. */
  advance(ms: number): void
  close(): Promise<void>
}

/** The portal with its provider, both on ports of their own. */
export async function startPortal(options: { endsSessions?: boolean } = {}): Promise<TestPortal> {
  let listener: RequestListener = () => {}
  const server = createServer((request, response) => listener(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = await startProvider(url, options)
  const events: LogEvent[] = []
  let isCutOff = false
  let cut: unknown
  const changes = new Map<string, (body: Record<string, unknown>) => object>()
  let now = Date.UTC(2026, 0, 15, 2)
  const portal = await openPortal({
    baseUrl: url,
    issuer: provider.issuer,
    clientId,
    clientSecret,
    services: services(),
    pages: createPages({ viewsRoot: join(packageRoot, 'views'), assetsPath: '/assets/test' }),
    fetch: async (...request) => {
      if (isCutOff) throw cut
      const response = await fetch(...request)
      const change = changes.get(new URL(response.url).pathname)
      if (!change) return response
      return Response.json(change((await response.json()) as Record<string, unknown>))
    },
    clock: { now: () => now },
    random: systemRandom,
    log: (event) => events.push(event),
  })
  listener = portal.callback()
  return {
    url,
    provider,
    events,
    cutOff: (value, error = new TypeError('fetch failed')) => {
      isCutOff = value
      cut = error
    },
    tamper: (path, change) => void changes.set(path, change),
    advance: (ms) => {
      now += ms
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await Promise.all([once(server, 'close'), provider.close()])
    },
  }
}

/** What the product ships. */
export function services(): readonly Service[] {
  const checked = checkServices(
    parse(readFileSync(join(packageRoot, 'config/services.yaml'), 'utf8')),
  )
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems))
  return checked.services
}
