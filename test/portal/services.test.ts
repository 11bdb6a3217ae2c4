import { describe, expect, test } from 'vitest'
import { checkServices } from '../../src/portal/index.ts'
import { services } from './support/portal.ts'

const passport = { id: 'passport', name: { vi: 'Hộ chiếu', en: 'Passport' }, level: 2 }

describe('the list of services', () => {
  test('that is shipped holds the 25 essential ones, one of which minds the authentication', () => {
    expect(services()).toHaveLength(25)
    expect(services().filter(({ authenticationLevel }) => authenticationLevel === 4)).toHaveLength(
      1,
    )
  })

  test('reports every problem at once, each with its place', () => {
    const checked = checkServices({
      services: [
        { ...passport, id: 'Pass port', level: 3 },
        { ...passport, authentification_level: 4 },
        { id: 'no-name', level: 1 },
      ],
    })

    expect(checked).toEqual({
      problems: [
        {
          path: ['services', 0, 'id'],
          message: 'must be lower-case words joined by hyphens, got "Pass port"',
        },
        { path: ['services', 0, 'level'], message: 'must be one of 1, 2, got 3' },
        {
          path: ['services', 1, 'authentification_level'],
          message:
            '"authentification_level" is not an option. Did you mean "authentication_level"?',
        },
        { path: ['services', 2, 'name'], message: 'is missing' },
      ],
    })
  })

  test('refuses the same id twice', () => {
    expect(checkServices({ services: [passport, passport] })).toEqual({
      problems: [
        {
          path: ['services', 1, 'id'],
          message: 'must be the only one of its name, got "passport" again',
        },
      ],
    })
  })

  test('refuses to be empty', () => {
    expect(checkServices({ services: [] })).toEqual({
      problems: [{ path: ['services'], message: 'must list at least one service, got []' }],
    })
  })
})
