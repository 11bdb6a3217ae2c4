import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'
import {
  createInProcessCaller,
  type Caller,
  type Deeds,
  type OperationName,
  type RootName,
} from '../../../src/control/index.ts'
import { createHttpCaller } from '../../../src/control/callers/over-http.ts'
import { createControl, type ControlOptions } from '../../../src/control/http/create-control.ts'
import { allOperations } from '../../../src/control/operations.ts'
import { listen } from '../../../src/http/index.ts'
import type { LogEvent } from '../../../src/kernel/index.ts'
import { outputs } from './samples.ts'

/** What a deed was asked. */
export interface Asked {
  name: OperationName
  input: unknown
}

/** Deeds that do nothing but say what they are expected to say, three times where they stream. */
export function fakeDeeds(asked: Asked[] = []): Deeds {
  const entries = allOperations.map(({ name, reply }) => [
    name,
    reply === 'ndjson' || reply === 'sse'
      ? async function* (input: unknown) {
          asked.push({ name, input })
          for (let count = 0; count < 3; count++) yield outputs[name]
        }
      : async (input: unknown) => {
          asked.push({ name, input })
          return outputs[name]
        },
  ])
  return Object.fromEntries(entries) as Deeds
}

/** Those of a world beside the root. */
export function withoutWorlds(deeds: Deeds): Omit<Deeds, RootName> {
  const entries = Object.entries(deeds).filter(([name]) => !name.startsWith('worlds.'))
  return Object.fromEntries(entries) as unknown as Omit<Deeds, RootName>
}

export interface Served {
  issuer: string
  asked: Asked[]
  logged: LogEvent[]
  /** The two ways to the same deeds. */
  callers: Readonly<Record<'in process' | 'over HTTP', Caller>>
}

/** The control of a world on a real port of this machine, until the test is over. */
export async function serveControl(
  options: Partial<ControlOptions> & { path?: string; changed?: Partial<Deeds> } = {},
): Promise<Served> {
  const asked: Asked[] = []
  const logged: LogEvent[] = []
  const { path = '', changed, ...rest } = options
  const deeds: Deeds = { ...(rest.deeds ?? fakeDeeds(asked)), ...changed }
  // As a mock listens, which is not as Node does by itself.
  let control: RequestListener = () => {}
  const listening = await listen((request, response) => control(request, response), {
    host: '127.0.0.1',
    port: 0,
    flag: '--port',
  })
  onTestFinished(() => listening.close())
  const issuer = `http://127.0.0.1:${listening.port}${path}`
  control = createControl({
    issuer,
    isOpen: true,
    log: (event) => void logged.push(event),
    ...rest,
    deeds,
  })
  const callers = {
    'in process': createInProcessCaller(deeds),
    'over HTTP': createHttpCaller({ url: issuer }),
  }
  return { issuer, asked, logged, callers }
}
