import { pino } from 'pino'
import type { LogEvent } from '../index.ts'
import { describeError } from '../operations/index.ts'
import type { Level } from './create-log.ts'

/** One JSON object a line on standard output, written at once, so that none is lost at the end. */
export function createJsonWriter(): (event: LogEvent, level: Level) => void {
  const logger = pino(
    {
      level: 'debug',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 1, sync: true }),
  )
  return (event, level) =>
    logger[level](
      event.event === 'server-error' ? { ...event, error: describeError(event.error) } : event,
    )
}
