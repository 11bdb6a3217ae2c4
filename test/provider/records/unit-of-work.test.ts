import Koa from 'koa'
import request from 'supertest'
import { expect, test } from 'vitest'
import { StoreUnavailable, type Store } from '../../../src/kernel/index.ts'
import type { Pages } from '../../../src/pages/index.ts'
import { createUnitOfWork } from '../../../src/provider/records/unit-of-work.ts'
import { createMemoryStore } from '../../../src/storage/index.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'

test('who meets a store that is gone waits for it once, not again for the journal', async () => {
  const store: Store = createMemoryStore({ clock: new FrozenClock(0) })
  store.unit = () => Promise.reject(new StoreUnavailable('redis://localhost', undefined, 'gone'))
  const recorded: number[] = []
  const app = new Koa()
  app.use(
    createUnitOfWork({
      store,
      pages: {} as Pages,
      strike: async () => {},
      record: ({ status }) => {
        recorded.push(status)
        return new Promise(() => {})
      },
    }) as unknown as Koa.Middleware,
  )

  const reply = await request(app.callback()).get('/auth').accept('json')

  expect(reply.status).toBe(503)
  expect(reply.headers['retry-after']).toBe('2')
  expect(reply.body).toMatchObject({ error: 'temporarily_unavailable' })
  expect(recorded).toEqual([503])
})
