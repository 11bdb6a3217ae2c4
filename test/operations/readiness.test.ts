import { describe, expect, test } from 'vitest'
import { Readiness } from '../../src/operations/index.ts'

describe('readiness', () => {
  test('needs every part', async () => {
    const readiness = new Readiness({
      store: async () => false,
      keys: () => Promise.reject(new Error('no')),
      pages: async () => true,
    })

    expect(await readiness.report()).toEqual({
      isReady: false,
      checks: { store: 'not ready', keys: 'not ready', pages: 'ok' },
    })
  })

  test('is gone for ever from the moment it is told to stop', async () => {
    const readiness = new Readiness({ store: async () => true })
    readiness.stop()

    expect(await readiness.report()).toEqual({ isReady: false, checks: { process: 'stopping' } })
  })

  test('asks the parts once for all who ask at the same time', async () => {
    let asked = 0
    const readiness = new Readiness({ store: async () => ++asked > 0 })

    await Promise.all([readiness.report(), readiness.report(), readiness.report()])
    expect(asked).toBe(1)

    await readiness.report()
    expect(asked).toBe(2)
  })

  test('does not wait for ever for a part that says nothing', async () => {
    const readiness = new Readiness({ store: () => new Promise(() => {}) })

    expect(await readiness.report()).toEqual({
      isReady: false,
      checks: { store: 'no answer within 1500 ms' },
    })
  })
})
