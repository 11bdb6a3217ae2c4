import { afterEach, expect, test } from 'vitest'
import { openDoor, type Door } from '../src/door.ts'

const doors: Door[] = []

afterEach(async () => {
  await Promise.all(doors.splice(0).map(({ listening }) => listening.close()))
})

test('who calls before there is something to serve waits until there is', async () => {
  const door = await openDoor({ host: 'loopback', port: 0, flag: '--port' })
  doors.push(door)
  const early = fetch(`http://127.0.0.1:${door.listening.port}/`)
  await new Promise((resolve) => setTimeout(resolve, 50))

  door.serve((_request, response) => void response.end('served'))

  expect(await (await early).text()).toBe('served')
})
