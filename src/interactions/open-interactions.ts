import type { RequestListener } from 'node:http'
import type { InteractionsOptions } from './create-interactions.ts'

/**
 * The world's home page, and the pages of a sign-in at `/sign-in/<id>` below the world's path. What
 * they are made of is loaded with the first page: a mock that signs everybody in without one starts
 * sooner.
 */
export function openInteractions(options: InteractionsOptions): RequestListener {
  let opening: Promise<RequestListener> | undefined
  return (request, response) => {
    opening ??= import('./create-interactions.ts').then(({ createInteractions }) =>
      createInteractions(options),
    )
    opening.then(
      (listener) => listener(request, response),
      (error: unknown) => {
        options.log({ event: 'server-error', where: 'pages', error })
        response.writeHead(500).end()
      },
    )
  }
}
