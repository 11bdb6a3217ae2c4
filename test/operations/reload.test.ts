import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, describe, test } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { aClient, configFolder } from '../support/config-folder.ts'
import { startMock } from '../support/mock.ts'
import { relyingParty } from '../support/relying-party.ts'

const own = (name: string) => readFileSync(join(packageRoot, 'config', name), 'utf8')

const authorize = (issuer: string, clientId: string) =>
  fetch(
    `${issuer}/auth?${new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'http://localhost:8080/cb',
    }).toString()}`,
    { redirect: 'manual' },
  )

describe('a reload', () => {
  test('lets a new client in, and one that is gone not any more', async () => {
    const folder = configFolder({ clients: [aClient({ client_id: 'old-rp' })] })
    const mock = await startMock({ config: folder })
    expect((await authorize(mock.issuer, 'old-rp')).status).toBe(303)
    const text = readFileSync(join(folder, 'clients.yaml'), 'utf8')
    writeFileSync(join(folder, 'clients.yaml'), text.replace('old-rp', 'new-rp'))

    await mock.reload()

    expect((await authorize(mock.issuer, 'new-rp')).status).toBe(303)
    expect((await authorize(mock.issuer, 'old-rp')).status).toBe(400)
  })

  test('takes over a table of people that was not there at the start', async () => {
    const folder = configFolder({})
    const mock = await startMock({ config: folder })
    mkdirSync(join(folder, 'people'))
    const columns = 'id,name,sex,age,place_of_origin,province,card.issued_on,level\n'
    const row = 'late,Lê Văn Muộn,Nam,50,Huế,Huế,17/05/2024,2\n'
    writeFileSync(join(folder, 'people/late.csv'), columns + row)

    await mock.reload()

    expect(await mock.people.get('late')).toMatchObject({ name: 'Lê Văn Muộn', sex: 'male' })
  })

  test('changes what is said of a person, and ends nobody’s session or token', async () => {
    const folder = configFolder({})
    const mock = await startMock({ config: folder })
    const portal = await relyingParty(mock)
    const { tokens } = await portal.tokensFor('adult-level-2', { scope: 'openid profile' })
    const me = async () => {
      const reply = await fetch(`${mock.issuer}/me`, {
        headers: { Authorization: `Bearer ${tokens.access_token}` },
      })
      return (await reply.json()) as { name: string; birthdate: string; sub: string }
    }
    const before = await me()
    const renamed = own('people.yaml').replaceAll(before.name, 'Trần Thị Mới')
    writeFileSync(join(folder, 'people.yaml'), renamed)

    await mock.reload()

    const { sub, birthdate } = before
    expect(await me()).toMatchObject({ sub, birthdate, name: 'Trần Thị Mới', given_name: 'Mới' })
  })

  test('refuses a broken file with its lines, and what was in force stays', async () => {
    const folder = configFolder({})
    const mock = await startMock({ config: folder })
    const before = (await mock.personas()).map(({ id }) => id)
    writeFileSync(join(folder, 'people.yaml'), 'people:\n  - id: x\n    nmae: y\n')

    await expect(mock.reload()).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('people.yaml:3)') as string,
    })
    expect((await mock.personas()).map(({ id }) => id)).toEqual(before)
    expect((await authorize(mock.issuer, 'test-rp')).status).toBe(303)
  })

  test('refuses a client that the library would refuse', async () => {
    const folder = configFolder({})
    const mock = await startMock({ config: folder })
    const broken = aClient({ id_token_signed_response_alg: 'RS999' })
    const text = readFileSync(join(folder, 'clients.yaml'), 'utf8')
    writeFileSync(join(folder, 'clients.yaml'), `${text}  - ${JSON.stringify(broken)}\n`)

    await expect(mock.reload()).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining("must be 'RS256' or 'ES256'") as string,
    })
    expect((await authorize(mock.issuer, 'other-rp')).status).toBe(400)
  })

  test('names the settings that wait for the next start', async () => {
    const folder = configFolder({ settings: { sign_in: { codes: 'fixed' } } })
    const mock = await startMock({ config: folder })
    writeFileSync(join(folder, 'settings.yaml'), 'sign_in:\n  codes: random\nmax_records: 2000\n')

    await mock.reload()

    expect(mock.logged).toContainEqual({
      event: 'notice',
      message: 'max_records, sign_in changed in the settings, which count from the next start on.',
    })
  })
})
