import type { Settings } from '../config/index.ts'
import type { Log, LogEvent } from '../index.ts'
import { printEvent } from './print-event.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'

const importance = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 } as const

/**
 * The log that the settings ask for: lines for people, or one JSON object a line for programs. The
 * library for JSON is loaded only where it is asked for.
 */
export async function createLog(
  settings: Pick<Settings, 'log_format' | 'log_level'>,
): Promise<Log> {
  const { log_format: format, log_level: least } = settings
  const write = format === 'json' ? await openJsonWriter() : printEvent
  return (event) => {
    const level = levelOf(event, format)
    if (importance[level] >= importance[least]) write(event, level)
  }
}

/** Requests are what programs collect, and what would drown everything else for people. */
function levelOf({ event }: LogEvent, format: Settings['log_format']): Level {
  switch (event) {
    case 'server-error':
      return 'error'
    case 'notice':
      return 'warn'
    case 'request':
      return format === 'json' ? 'info' : 'debug'
    case 'step-ended':
      return 'debug'
    case 'started':
    case 'stopping':
    case 'code-sent':
    case 'sign-in-ended':
      return 'info'
  }
}

const openJsonWriter = async () => (await import('./json-writer.ts')).createJsonWriter()
