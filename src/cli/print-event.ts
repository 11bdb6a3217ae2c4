import type { LogEvent } from '../index.ts'
import { describeError } from '../operations/index.ts'
import { printable, printableLines } from './printable.ts'

/** One line for each thing that happened; errors with what a developer needs to find them. */
export function printEvent(event: LogEvent): void {
  switch (event.event) {
    case 'code-sent': {
      const way = event.channel === 'sms' ? 'SMS' : 'app'
      say(`  code ${event.code}  ${way} → ${event.phoneOf}  (${event.personId})`)
      return
    }
    case 'sign-in-ended':
      // Tests sign in by the thousand; what went wrong there, the relying party hears.
      if (event.isAutomatic) return
      say(`  sign-in ${event.outcome}  ${event.personId ?? 'nobody'} at ${event.clientId}`)
      return
    case 'step-ended':
      say(`  step ${event.step}  ${event.durationMs} ms  (${event.signInId})`)
      return
    case 'request': {
      const { method, path, status, isFinished, durationMs, requestId = '' } = event
      const reply = isFinished ? status : 'broken off'
      say(`  ${method} ${path} ${reply}  ${durationMs} ms  (${requestId})`)
      return
    }
    case 'notice':
      console.error(printableLines(`mock-vneid NOTICE: ${event.message}`))
      return
    case 'server-error':
      console.error(printableLines(`mock-vneid ERROR at ${event.where}: ${errorText(event.error)}`))
      return
    case 'started':
    case 'stopping':
      return
  }
}

const say = (line: string) => console.log(printable(line))

function errorText(error: unknown): string {
  const { name, message, code, causes = [], at = [] } = describeError(error)
  return [
    `${name}: ${message}${code === undefined ? '' : ` (${code})`}`,
    ...causes.map((cause) => `  caused by ${cause}`),
    ...at.map((frame) => `    at ${frame}`),
  ].join('\n')
}
