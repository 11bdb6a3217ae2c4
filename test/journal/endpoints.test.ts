import { describe, expect, test, vi } from 'vitest'
import { endpoints, providerEndpoints } from '../../src/journal/index.ts'
import { openProvider } from '../support/open-provider.ts'

/** What the library registers its routes with; it has no door to it, and no types. */
const routerModule = 'oidc-provider/lib/helpers/router.js'

type Register = (name: string, path: string) => unknown
type Router = Record<'get' | 'post' | 'put' | 'delete' | 'options', Register>

describe('the endpoints that the journal knows', () => {
  test('are all at which the provider answers, and no others', async () => {
    const { default: router } = (await import(routerModule)) as { default: { prototype: Router } }
    const spies = (['get', 'post', 'put', 'delete', 'options'] as const).map((method) =>
      vi.spyOn(router.prototype, method),
    )

    await openProvider()

    const routes = new Set(spies.flatMap(({ mock }) => mock.calls.map(([name]) => name)))
    for (const spy of spies) spy.mockRestore()
    expect(providerEndpoints.toSorted()).toEqual([...routes].toSorted())
  })

  test('are not only those of the provider', () => {
    expect(endpoints).toEqual(expect.arrayContaining([...providerEndpoints, 'sign-in']))
    expect(new Set(endpoints).size).toBe(endpoints.length)
  })
})
