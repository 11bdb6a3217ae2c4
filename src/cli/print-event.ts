import type { LogEvent } from '../index.ts'
import { describeError } from '../operations/index.ts'

/** One line for each thing that happened; errors with what a developer needs to find them. */
export function printEvent(event: LogEvent): void {
  switch (event.event) {
    case 'code-sent': {
      const way = event.channel === 'sms' ? 'SMS' : 'app'
      console.log(`  code ${event.code}  ${way} → ${event.phoneOf}  (${event.personId})`)
      return
    }
    case 'sign-in-ended':
      // Tests sign in by the thousand; what went wrong there, the relying party hears.
      if (event.isAutomatic) return
      console.log(`  sign-in ${event.outcome}  ${event.personId ?? 'nobody'} at ${event.clientId}`)
      return
    case 'step-ended':
      console.log(`  step ${event.step}  ${event.durationMs} ms  (${event.signInId})`)
      return
    case 'request': {
      const { method, path, status, isFinished, durationMs, requestId = '' } = event
      const reply = isFinished ? status : 'broken off'
      console.log(`  ${method} ${printable(path)} ${reply}  ${durationMs} ms  (${requestId})`)
      return
    }
    case 'notice':
      console.error(`mock-vneid NOTICE: ${event.message}`)
      return
    case 'server-error':
      console.error(`mock-vneid ERROR at ${printable(event.where)}: ${errorText(event.error)}`)
      return
    case 'started':
    case 'stopping':
      return
  }
}

function errorText(error: unknown): string {
  const { name, message, code, causes = [], at = [] } = describeError(error)
  return [
    `${name}: ${message}${code === undefined ? '' : ` (${code})`}`,
    ...causes.map((cause) => `  caused by ${cause}`),
    ...at.map((frame) => `    at ${frame}`),
  ].join('\n')
}

/** Terminals obey control characters, and anybody chooses the path of a request. */
const printable = (text: string) => text.replaceAll(/[^\x21-\x7E]/g, ' ')
