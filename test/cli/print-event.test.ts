import { afterEach, expect, test, vi } from 'vitest'
import { printEvent } from '../../src/cli/print-event.ts'
import type { LogEvent } from '../../src/index.ts'

afterEach(() => vi.restoreAllMocks())

const red = 'Nguyễn \u001B[31m\nVăn An'

test.each<[LogEvent, string]>([
  [
    {
      event: 'code-sent',
      code: '123456',
      channel: 'sms',
      phoneOf: red,
      personId: 'an',
      signInId: 's',
    },
    '  code 123456  SMS → Nguyễn  [31m Văn An  (an)',
  ],
  [
    { event: 'notice', message: `${red} came.\nSo it is.` },
    'mock-vneid NOTICE: Nguyễn  [31m\nVăn An came.\nSo it is.',
  ],
  [
    { event: 'server-error', where: `GET /${red}`, error: new Error('gone') },
    'mock-vneid ERROR at GET /Nguyễn  [31m',
  ],
])('what a terminal would obey is not printed: %j', (event, line) => {
  const printed: string[] = []
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((text: string) => printed.push(text))

  printEvent(event)

  expect(printed.join('\n').slice(0, line.length)).toBe(line)
  expect(printed.join('\n')).not.toContain('\u001B')
})
