import { beforeEach, describe, expect, test, vi } from 'vitest'
import { openDesk, type Desk } from './attempt.ts'

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})

const authenticated = async (id: string, demand: Parameters<Desk['begin']>[0] = {}) => {
  const attempt = await desk.begin(demand)
  return { attempt, signIn: await attempt.authenticate(await desk.find(id)) }
}

describe('a role', () => {
  test('is not asked of somebody who has only one', async () => {
    const { signIn } = await authenticated('anna')

    expect(signIn).toMatchObject({ step: 'consent', role: { kind: 'self', subjectId: 'anna' } })
  })

  test.each([
    ['mother', ['mother', 'child']],
    ['boss', ['boss', 'company']],
  ])('is asked of %s, who may act for %j', async (id, subjects) => {
    const { signIn } = await authenticated(id)

    const roles = await desk.signIns.rolesAt(signIn, await desk.find(id))

    expect(signIn.step).toBe('role')
    expect(roles.map(({ subjectId }) => subjectId)).toEqual(subjects)
  })

  test.each(['', 'company', 'anna', 'nobody'])(
    '"%s" is no role of the mother',
    async (subjectId) => {
      const { attempt } = await authenticated('mother')

      const after = await attempt.answer({ step: 'role', subjectId })

      expect(after).toMatchObject({
        step: 'role',
        problem: { field: 'role', code: 'role_missing' },
      })
    },
  )

  test('is not asked where the relying party lets people act for themselves only', async () => {
    const { signIn } = await authenticated('mother', { allow: ['self'] })

    expect(signIn).toMatchObject({ step: 'consent', role: { subjectId: 'mother' } })
  })

  test('is refused to somebody who has none that the relying party allows', async () => {
    const { signIn } = await authenticated('anna', { allow: ['organization'] })

    expect(signIn).toMatchObject({ step: 'refused', refusal: 'role_not_allowed' })
  })

  test('of a minor who signs in as themselves is that of a child', async () => {
    const allowed = await authenticated('child', { allow: ['child'] })
    const notAllowed = await authenticated('child', { allow: ['self', 'organization'] })

    expect(allowed.signIn.step).toBe('consent')
    expect(notAllowed.signIn).toMatchObject({ step: 'refused', refusal: 'role_not_allowed' })
  })
})

describe('a role that was taken', () => {
  test('is lost where it cannot be taken any more: the sign-in is refused', async () => {
    const { attempt } = await authenticated('mother')
    await attempt.answer({ step: 'role', subjectId: 'child' })
    const roles = vi.spyOn(desk.people, 'rolesOf')
    roles.mockImplementation(async ({ id, name }) => [{ kind: 'self', subjectId: id, name }])
    const after = await attempt.agree()

    expect(after).toMatchObject({ step: 'refused', refusal: 'role_not_allowed' })
    expect(after.role).toMatchObject({ subjectId: 'child' })
  })
})

describe('an automatic user', () => {
  const sign = async (id: string, subjectId?: string) => {
    const { demand } = await (await desk.begin()).now()
    const person = await desk.find(id)
    return desk.signIns.signInAs({ demand }, subjectId ? { person, subjectId } : { person })
  }

  test('walks every step, and proves what a person proves on pages', async () => {
    expect(await sign('anna')).toMatchObject({
      step: 'approved',
      factors: ['password', 'app-code', 'passcode'],
    })
  })

  test('is themselves unless they say for whom they act', async () => {
    expect((await sign('mother')).role).toMatchObject({ subjectId: 'mother' })
    expect((await sign('mother', 'child')).role).toMatchObject({
      kind: 'child',
      subjectId: 'child',
    })
  })

  test('hears for whom they may act when they name somebody else', async () => {
    await expect(sign('mother', 'chidl')).rejects.toMatchObject({
      code: 'ERR_ROLE_NOT_FOUND',
      message:
        '"mother" cannot act for "chidl" here. Did you mean "child"? Roles offered: "mother", "child".',
    })
  })

  test('needs nobody to read a code, so none is shown', async () => {
    await sign('anna')

    expect(desk.events.map(({ event }) => event)).toEqual(['sign-in-ended'])
  })
})
