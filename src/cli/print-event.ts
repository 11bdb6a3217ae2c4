import type { LogEvent } from '../index.ts'

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
    case 'notice':
      console.error(`mock-vneid NOTICE: ${event.message}`)
      return
    case 'server-error':
      console.error(`mock-vneid ERROR at ${event.where}:`, event.error)
  }
}
