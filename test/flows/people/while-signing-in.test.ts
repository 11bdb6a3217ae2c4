import { beforeEach, describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { startMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'

const isLost = (name: string) => ({
  refusal: 'role_not_allowed',
  text: expect.stringContaining(`Bạn không còn được làm thủ tục thay cho ${name}.`) as string,
})

describe('somebody who acts for another, and may not any more in the middle of it', () => {
  let world: MockWorld
  let citizen: Citizen

  beforeEach(async () => {
    const mock = await startMock()
    world = await mock.world({ at: '2030-05-05T23:58:00+07:00', isFrozen: true })
    citizen = new Citizen(mock)
  })

  /** Chooses for whom, and stands at the page of consent. */
  async function chooses(as: string, role: string): Promise<string> {
    const params = new URLSearchParams({
      client_id: 'test-rp',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: 'http://localhost:8080/cb',
    })
    await citizen.open(`${world.issuer}/auth?${params.toString()}`)
    const { number, account } = await world.people.get(as)
    await citizen.submit({ number, password: account.password })
    await citizen.submit({ code: citizen.code })
    await citizen.submit({ role })
    const [signIn] = await world.signIns.list()
    expect(signIn).toMatchObject({ step: 'consent', subjectId: role })
    return signIn!.id
  }

  /** Agrees, and says where the sign-in stands then, and what the page says. */
  async function agrees(id: string): Promise<{ refusal?: string; text: string }> {
    await citizen.submit({ agree: 'yes' })
    const { refusal } = await world.signIns.get(id)
    return { ...(refusal ? { refusal } : {}), text: textOf(citizen.page.text) }
  }

  test('is refused when the child turns 14', async () => {
    const child = await world.people.create({
      age: 13,
      birthday: '05-06',
      guardians: ['guardian-of-two'],
    })
    const id = await chooses('guardian-of-two', child.id)
    await world.clock.advance({ by: '2m' })

    expect(await agrees(id)).toEqual(isLost(child.name))
  })

  test('is refused when they leave the organisation', async () => {
    const id = await chooses('company-authorised', 'example-company')
    await world.people.change('company-authorised', { memberships: [] })

    expect(await agrees(id)).toEqual(isLost('Công ty TNHH Ví Dụ'))
  })
})
