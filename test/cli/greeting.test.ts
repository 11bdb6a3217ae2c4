import { describe, expect, test } from 'vitest'
import { greeting } from '../../src/cli/greeting.ts'
import { startMock } from '../support/mock.ts'
import { startGuardedMock } from './guarded-mock.ts'

describe('the greeting', () => {
  test('says where the control API is', async () => {
    const mock = await startMock()

    expect(await greeting(mock)).toContain(`\n  control   ${mock.issuer}/_mock\n`)
  })

  test('says which token it needs, where others can reach it', async () => {
    const mock = await startGuardedMock()

    expect(mock.controlToken).toMatch(/^[\w-]{16,}$/)
    expect(await greeting(mock)).toContain(
      `\n  control   ${mock.issuer}/_mock   with the token ${mock.controlToken}\n`,
    )
  })

  test('names the first people, and says where the others are', async () => {
    const mock = await startMock()
    const people = await mock.personas()
    const text = await greeting(mock)

    expect(people.filter(({ id }) => text.includes(`    ${id} `))).toEqual(people.slice(0, 8))
    expect(text).toContain(`… and ${people.length - 8} more: "mock-vneid people" lists them`)
  })
})
