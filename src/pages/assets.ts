import { readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { packageRoot } from '../kernel/index.ts'
import { AssetsMissing } from './errors.ts'

/** The stylesheets and fonts of all pages. */
export interface Assets {
  /** Where they are served: `/assets/<hash of their contents>`, so that browsers may keep them. */
  path: string
  /** Answers the request when it is for one of them, and says whether it did. */
  serve(request: IncomingMessage, response: ServerResponse): boolean
}

/**
 * Serves what `scripts/build-assets.mjs` made.
 *
 * @throws {@link AssetsMissing} When it has not been run.
 */
export function createAssets(folder: string = join(packageRoot, 'dist/public')): Assets {
  const path = `/assets/${hashIn(folder)}`
  const files = sirv(folder, {
    extensions: [],
    gzip: true,
    maxAge: 365 * 24 * 60 * 60,
    immutable: true,
    setHeaders: (response) => response.setHeader('X-Content-Type-Options', 'nosniff'),
  })
  return {
    path,
    serve: (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      let isServed = true
      files(request, response, () => {
        isServed = false
      })
      return isServed
    },
  }
}

function hashIn(folder: string): string {
  try {
    const [hash] = readdirSync(join(folder, 'assets'))
    if (hash !== undefined) return hash
  } catch (cause) {
    throw new AssetsMissing(folder, { cause })
  }
  throw new AssetsMissing(folder)
}
