import { describe, expect, test } from 'vitest'
import { explainSettings } from '../../src/config/index.ts'
import { folderWith, linesAbout, load } from './files.ts'

const files = { 'settings.yaml': 'port: 4001\nportal_port: 4001\nportal: false\n' }

describe('a setting given in several places', () => {
  test('is the file’s rather than the default', () => {
    expect(load(files).settings).toMatchObject({ port: 4001, portal_port: 4001, portal: false })
  })

  test('is the environment’s rather than the file’s', () => {
    const environment = { MOCK_VNEID_PORT: '4002', MOCK_VNEID_PORTAL: 'true' }

    const { settings } = load(files, { environment })

    expect(settings).toMatchObject({ port: 4002, portal_port: 4001, portal: true })
  })

  test('is the flag’s rather than the environment’s', () => {
    const environment = { MOCK_VNEID_PORT: '4002', MOCK_VNEID_PORTAL_PORT: '4002' }

    const { settings } = load(files, { environment, flags: { port: 4003 } })

    expect(settings).toMatchObject({ port: 4003, portal_port: 4002 })
  })

  test('is not taken from a variable that is set to nothing', () => {
    expect(load(files, { environment: { MOCK_VNEID_PORT: '' } }).settings.port).toBe(4001)
  })

  test('is complained of where it was given', () => {
    const lines = linesAbout(
      { 'settings.yaml': 'port: x\nportal_port: x\nportal: x\n' },
      {
        environment: { MOCK_VNEID_PORT: '80a', MOCK_VNEID_PORTAL: 'si' },
        flags: { portal: 'oui' },
      },
    )

    expect(lines).toEqual([
      'portal_port | must be an integer from 0 to 65535, got "x" (settings.yaml:2)',
      'port | must be an integer from 0 to 65535, got "80a" (MOCK_VNEID_PORT)',
      'portal | must be true or false, got "oui" (--portal)',
    ])
  })
})

describe('a setting that holds a secret', () => {
  const isStore = 'store | must be memory, redis://host:port or one of its relatives'

  test.each([
    ['MOCK_VNEID_STORE', 'reddis://mock:geheim@redis:6379', 'reddis://…@redis:6379'],
    ['MOCK_VNEID_STORE', 'geheim@localhost:6379', '…@localhost:6379'],
    ['MOCK_VNEID_STORE', 'localhost?password=geheim', 'localhost'],
    ['MOCK_VNEID_STORE', 'postgres', 'postgres'],
  ])('is complained of without it: %s=%s', (name, text, shown) => {
    expect(linesAbout({}, { environment: { [name]: text } })).toEqual([
      `${isStore}, got "${shown}" (${name})`,
    ])
  })

  test('is not repeated where all of it is secret', () => {
    expect(linesAbout({}, { environment: { MOCK_VNEID_CONTROL_TOKEN: 'geheim' } })).toEqual([
      'control_token | must have at least 16 characters (MOCK_VNEID_CONTROL_TOKEN)',
    ])
    expect(linesAbout({ 'settings.yaml': 'control_token: 1234567890123456\n' })).toEqual([
      'control_token | must be a string. Put it in quotes (settings.yaml:1)',
    ])
  })

  test('is not repeated with the file that it stands in, nor in a file of clients', () => {
    expect(linesAbout({ 'settings.yaml': '- control_token: geheim\n' }).join()).not.toContain(
      'geheim',
    )
    const clients =
      'clients:\n  - client_id: rp\n    client_secret: 4711\n    redirect_uris: [/cb]\n'
    const lines = linesAbout({ 'clients.yaml': clients })
    expect(lines).toContain(
      'clients[0].client_secret | must be a string. Put it in quotes (clients.yaml:3)',
    )
  })
})

describe('explained settings', () => {
  test.each([
    ['redis://mock:geheim@redis:6379/1', 'redis://…@redis:6379/1'],
    ['redis://geheim@redis', 'redis://…@redis'],
    ['redis://localhost:1/?password=geheim', 'redis://localhost:1/'],
    ['memory', 'memory'],
  ])('have no secrets: %s', (store, shown) => {
    const environment = { MOCK_VNEID_STORE: store, MOCK_VNEID_CONTROL_TOKEN: 'geheim-0123456789' }

    const { all, settings } = explainSettings({ folder: folderWith({}), environment })

    const valueOf = (name: string) => all.find((one) => one.name === name)?.value
    expect([valueOf('store'), valueOf('control_token')]).toEqual([shown, '…'])
    expect(settings.store).toBe(store)
  })

  test('say that there is none', () => {
    const { all } = explainSettings({ folder: folderWith({}), environment: {} })

    expect(all.find(({ name }) => name === 'control_token')?.value).toBeUndefined()
  })
})

describe('a variable of the environment', () => {
  test.each([
    ['true', true],
    ['1', true],
    ['YES', true],
    ['on', true],
    ['false', false],
    ['0', false],
    ['No', false],
    ['off', false],
  ])('says %j for %j', (text, meant) => {
    const { settings } = load({}, { environment: { MOCK_VNEID_ALLOW_GOV_HOST: text } })

    expect(settings.allow_gov_host).toBe(meant)
  })

  test('is refused when it looks like ours and is not, with the nearest', () => {
    const environment = { MOCK_VNEID_PROTAL: 'false', MOCK_VNEIDX: '1', PORT: '1' }

    expect(linesAbout({}, { environment })).toEqual([
      'MOCK_VNEID_PROTAL | is not an option. Did you mean "MOCK_VNEID_PORTAL"? (environment)',
    ])
  })

  test.each([' 1', '1e3', '0x10', '65536', '-1', 'tcp://10.0.0.1:3006'])(
    'is no port when it says "%s"',
    (text) => {
      expect(linesAbout({}, { environment: { MOCK_VNEID_PORT: text } })).toEqual([
        `port | must be an integer from 0 to 65535, got "${text}" (MOCK_VNEID_PORT)`,
      ])
    },
  )
})
