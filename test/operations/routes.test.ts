import { expect, test } from 'vitest'
import { pathOf, routeOf } from '../../src/operations/routes.ts'

test.each([
  ['/auth?client_id=portal&state=s', '/auth'],
  ['/sign-in/abc', '/sign-in/*'],
  ['/auth/abc', '/auth/*'],
  ['http://localhost:3006/token', '/token'],
  ['/token/made/up', 'other'],
  ['//elsewhere', 'other'],
  ['*', '/'],
])('the route of %s is %s, from a closed list', (url, route) => {
  expect(routeOf(pathOf(url))).toBe(route)
})
