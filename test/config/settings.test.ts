import { describe, expect, test } from 'vitest'
import { linesAbout, load } from './files.ts'

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
