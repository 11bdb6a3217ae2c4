import { describe, expect, test } from 'vitest'
import { greeting } from '../../src/cli/greeting.ts'
import { startMock } from '../support/mock.ts'
import { startGuardedMock } from './guarded-mock.ts'

const on = { automatic_sign_in: true }
const off = { automatic_sign_in: false }

describe('the greeting', () => {
  test('says where the control API is', async () => {
    const mock = await startMock()

    expect(await greeting(mock, on)).toContain(`\n  control   ${mock.issuer}/_mock\n`)
  })

  test('says which token it needs, where others can reach it', async () => {
    const mock = await startGuardedMock()

    expect(mock.controlToken).toMatch(/^[\w-]{16,}$/)
    expect(await greeting(mock, on)).toContain(
      `\n  control   ${mock.issuer}/_mock   with the token ${mock.controlToken}\n`,
    )
  })

  test('names the first people, and says where the others are', async () => {
    const mock = await startMock()
    const people = await mock.personas()
    const text = await greeting(mock, on)

    expect(people.filter(({ id }) => text.includes(`    ${id} `))).toEqual(people.slice(0, 8))
    expect(text).toContain(`… and ${people.length - 8} more: "mock-vneid people" lists them`)
  })

  test('says how to sign in without a page, and only what does it here', async () => {
    const mock = await startMock()
    const guarded = await startGuardedMock()
    const ways = [
      await greeting(mock, on),
      await greeting(mock, off),
      await greeting(guarded, on),
    ].map((text) => /Without a page: (.*)/.exec(text)?.[1])

    expect(ways).toEqual([
      'login_hint=auto:adult-level-2',
      'POST /_mock/sign-ins (login_hint=auto: is switched off)',
      'POST /_mock/sign-ins (login_hint=auto: is switched off)',
    ])
  })
})
