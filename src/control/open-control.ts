import type { RequestListener } from 'node:http'
import type { ControlOptions } from './http/create-control.ts'

/** Everything below `<issuer>/_mock`. What it is made of is loaded with the first request. */
export function openControl(options: ControlOptions): RequestListener {
  let opening: Promise<RequestListener> | undefined
  return (request, response) => {
    opening ??= import('./http/create-control.ts').then(({ createControl }) =>
      createControl(options),
    )
    opening.then(
      (listener) => listener(request, response),
      (error: unknown) => {
        options.log({ event: 'server-error', where: 'control', error })
        response.writeHead(500).end()
      },
    )
  }
}
