import type { RequestListener } from 'node:http'
import type { Assets } from '../pages/index.ts'

/** Answers stylesheets and fonts itself, and hands everything else on. */
export function withAssets(assets: Assets, next: RequestListener): RequestListener {
  return (request, response) => {
    const isAsset = request.url?.startsWith('/assets/') && assets.serve(request, response)
    if (!isAsset) next(request, response)
  }
}
