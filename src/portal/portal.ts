import { bodyParser } from '@koa/bodyparser'
import { Router } from '@koa/router'
import Koa from 'koa'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isBrokenConnection } from '../http/index.ts'
import type { Clock, Log, Random } from '../kernel/index.ts'
import type { Pages } from '../pages/index.ts'
import { defaultAcrNames, type AcrNames } from './acr.ts'
import { isUnreachable, showOutcome } from './outcome.ts'
import { RelyingParty } from './relying-party.ts'
import { notFound, serviceRoutes } from './service-routes.ts'
import type { Service } from './services.ts'
import { Sessions } from './sessions.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { signOutRoutes } from './sign-out-routes.ts'
import { beginVisit, type Parts, type PortalContext, type Visit } from './visit.ts'

export interface PortalOptions {
  /** The portal's own origin, as browsers see it, without a slash at the end. */
  baseUrl: string
  /** The issuer to sign in at. It is asked when a person first needs it, not before. */
  issuer: string
  /** Where its discovery is asked for, when that is another address than the issuer. */
  discoveryUrl?: string
  clientId: string
  clientSecret: string
  /** What `config/services.yaml` lists, checked. */
  services: readonly Service[]
  pages: Pages
  clock: Clock
  random: Random
  log: Log
  /**
   * What the provider calls its levels.
   *
   * @default urn:mock-vneid:level:1 and so on
   */
  acrNames?: AcrNames
  /** How the portal calls the provider; the platform's own by default. */
  fetch?: typeof fetch
}

export interface Portal {
  /** Answers every request of the portal's listener, stylesheets and fonts excepted. */
  callback(): (request: IncomingMessage, response: ServerResponse) => void
  /** From now on these, for everybody: sessions and what was filed stay. */
  replace(changed: Pick<PortalOptions, 'services' | 'clientSecret'>): void
}

/**
 * The example relying party: a province's public-service portal whose only way in is VNeID. It
 * knows the provider only over the wire, as any portal would.
 */
export function createPortal(options: PortalOptions): Portal {
  const parts: Parts = {
    ...options,
    acrNames: options.acrNames ?? defaultAcrNames,
    relyingParty: new RelyingParty({ ...options, fetch: options.fetch ?? fetch }),
    sessions: new Sessions(options.clock, options.random),
  }
  const router = new Router<{ visit: Visit }>()
  serviceRoutes(router, parts)
  signInRoutes(router, parts)
  signOutRoutes(router, parts)

  const app = new Koa<{ visit: Visit }>()
  app.on('error', (error: unknown) => {
    if (!isBrokenConnection(error)) parts.log({ event: 'server-error', where: 'portal', error })
  })
  app.use(async (ctx: PortalContext, next) => {
    beginVisit(ctx, parts)
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) notFound(ctx, parts)
    } catch (error) {
      showFailure(ctx, parts, error)
    }
  })
  app.use(bodyParser({ enableTypes: ['form'], formLimit: '32kb' }))
  app.use(router.routes())
  return {
    callback: () => app.callback(),
    replace: ({ services, clientSecret }) => {
      parts.services = services
      parts.relyingParty.useSecret(clientSecret)
    },
  }
}

/** The last resort: whatever was thrown becomes a page, and what is our fault is reported. */
function showFailure(ctx: PortalContext, parts: Parts, error: unknown): void {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  if (status >= 400 && status < 500)
    return showOutcome(ctx, parts, { name: 'not_understood', status })
  parts.log({ event: 'server-error', where: `portal ${ctx.path}`, error })
  return isUnreachable(error)
    ? showOutcome(ctx, parts, { name: 'unreachable', status: 503 })
    : showOutcome(ctx, parts, { name: 'broken', status: 500 })
}
