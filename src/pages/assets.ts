import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { packageRoot } from '../kernel/index.ts'
import { AssetsMissing } from './errors.ts'

/** The stylesheets and fonts of all pages. */
export interface Assets {
  /** Where they are served: `/assets/<hash of their contents>`, so that browsers may keep them. */
  path: string
  /** Answers the request when it is for one of them, and says whether it did. */
  serve(request: IncomingMessage, response: ServerResponse): boolean
}

interface Asset {
  body: Buffer
  gzip?: Buffer
  type: string
}

const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.woff2': 'font/woff2' }

/**
 * Serves what `scripts/build-assets.mjs` made. All of it is read at once and kept, some 160 KB, so
 * that building anew under a running server takes nothing away from its pages.
 *
 * @throws {@link AssetsMissing} When it has not been run.
 */
export function createAssets(folder: string = join(packageRoot, 'dist/public')): Assets {
  const { path, assets } = read(folder)
  return {
    path,
    serve: (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      const asset = assets.get(request.url?.split('?', 1)[0] ?? '')
      if (asset === undefined) return false
      send(asset, request, response)
      return true
    },
  }
}

function send(
  { body, gzip, type }: Asset,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const packed = takesGzip(request) ? gzip : undefined
  const sent = packed ?? body
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': sent.length,
    ...(packed && { 'Content-Encoding': 'gzip' }),
    ...(gzip && { Vary: 'Accept-Encoding' }),
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(request.method === 'HEAD' ? undefined : sent)
}

const takesGzip = ({ headers }: IncomingMessage) =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?(\s|,|$))/.test(headers['accept-encoding'] ?? '')

/** The files under `assets/<hash>/`, by the path of their address. */
function read(folder: string): { path: string; assets: ReadonlyMap<string, Asset> } {
  try {
    const [hash] = readdirSync(join(folder, 'assets'))
    if (hash === undefined) throw new AssetsMissing(folder)
    const path = `/assets/${hash}`
    const files = readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
    const assets = files.flatMap((file): [string, Asset][] => {
      const type = types[extname(file)]
      if (type === undefined) return []
      const body = readFileSync(join(folder, path, file))
      const gzip = files.includes(`${file}.gz`) && readFileSync(join(folder, path, `${file}.gz`))
      return [[`${path}/${file.replaceAll('\\', '/')}`, { body, type, ...(gzip && { gzip }) }]]
    })
    return { path, assets: new Map(assets) }
  } catch (cause) {
    throw cause instanceof AssetsMissing ? cause : new AssetsMissing(folder, { cause })
  }
}
