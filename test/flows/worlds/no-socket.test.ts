import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { connectMockVneid, startMockVneid } from '../../../src/index.ts'
import { doors } from '../../support/doors.ts'
import { dataFolder, startMock } from '../../support/mock.ts'

describe('a mock without a port of its own', () => {
  test('answers in a server of somebody else’s', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
    const mock = await startMock({ listen: false, issuer })
    server.on('request', mock.listener)
    try {
      const reply = await fetch(
        `http://127.0.0.1:${new URL(issuer).port}/.well-known/openid-configuration`,
      )
      const { claims } = await mock.signIn({ as: 'child-13' })

      expect(await reply.json()).toMatchObject({ issuer })
      expect(claims).toMatchObject({ iss: issuer })
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('must be told what it is called', async () => {
    await expect(startMockVneid({ listen: false, dataFolder })).rejects.toThrow(
      'issuer  is missing: without a port of its own, the mock must be told what it is called (listen: false)',
    )
  })
})

test('a mock that is closed does nothing any more, whichever world is asked', async () => {
  const mock = await startMock()
  const world = await mock.world()
  await mock.close()

  for (const ask of [
    () => mock.world(),
    () => mock.signIn({ as: 'adult-level-2' }),
    () => world.signIn({ as: 'adult-level-2' }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'ERR_MOCK_CLOSING' })
})

describe.each(doors)('whoever waits in a mock that closes, %s', (door) => {
  test.each(['default', 'another'])('hears so: in the %s world', async (which) => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
    const mock = await startMock({ listen: false, issuer })
    server.on('request', mock.listener)
    try {
      const mocks = door === 'in process' ? mock : await connectMockVneid(issuer)
      const world = which === 'default' ? mocks : await mocks.world()
      const allCame = new Promise<void>((resolve) => {
        let left = 3
        server.on('request', () => --left === 0 && resolve())
      })
      const patience = { timeoutSeconds: 60 }
      const waiting = [
        world.journal.take({ endpoint: 'revocation', ...patience }),
        world.messages.take(patience),
        world.signIns.wait(patience),
      ].map((waits) => waits.catch((error: unknown) => error))
      if (door === 'over HTTP') await allCame
      await mock.close()

      for (const error of await Promise.all(waiting))
        expect(error).toMatchObject({ code: 'ERR_MOCK_CLOSING', status: 503 })
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})

test('a mock that is closed twice is closed when it is the first time', async () => {
  const mock = await startMock()
  const order: string[] = []

  await Promise.all(
    ['first', 'second'].map(async (turn) => {
      await mock.close()
      order.push(turn)
    }),
  )

  expect(order).toEqual(['first', 'second'])
})

test('a mock is closed at the end of the block that it was made for', async () => {
  let issuer = ''
  {
    await using mock = await startMock()
    issuer = mock.issuer
  }

  await expect(fetch(issuer)).rejects.toThrow('fetch failed')
})
