import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { folderWith, linesAbout, load } from './files.ts'

const portal = `clients:
  - client_id: demo-portal
    client_secret: s
    redirect_uris: ['{portal}/callback']
`

describe('the files of a folder', () => {
  test('are taken where they are there, and the product’s own where they are not', () => {
    const config = load({ 'clients.yaml': portal })

    expect(config.clients.map(({ client_id: id }) => id)).toEqual(['demo-portal'])
    expect(config.people.people.map(({ id }) => id)).toContain('adult-level-2')
    expect(config.services).toHaveLength(25)
    expect(config.settings.port).toBe(3006)
  })

  test('are named from where one is', () => {
    const folder = folderWith({ 'clients.yaml': portal })

    const near = load({}, { folder: join(packageRoot, 'config') })
    const far = load({}, { folder })

    expect(near.clientsFile).toBe(relative(process.cwd(), join(packageRoot, 'config/clients.yaml')))
    expect(far.clientsFile).toBe(join(folder, 'clients.yaml'))
  })

  test('cannot be changed once they are loaded', () => {
    const { people, settings } = load()

    expect(() => people.people.pop()).toThrow(TypeError)
    expect(() => Object.assign(settings.sign_in, { tries: 1 })).toThrow(TypeError)
  })
})

describe('a folder that is not there', () => {
  test('is refused, not passed over', () => {
    const folder = join(folderWith({}), 'nowhere')

    expect(() => load({}, { folder })).toThrow(
      expect.objectContaining({
        code: 'ERR_FILE_UNREADABLE',
        message: `folder "${folder}" does not exist. Create it, or name another folder with --config.`,
      }),
    )
  })

  test('is refused when it is a file', () => {
    const file = join(folderWith({ 'people.yaml': '' }), 'people.yaml')

    expect(() => load({}, { folder: file })).toThrow(
      `folder "${file}" is not a folder. Create it, or name another folder with --config.`,
    )
  })
})

describe('problems', () => {
  test('are reported at once, of every file, each with its line', () => {
    const lines = linesAbout({
      'settings.yaml': 'port: 80a\nsign_in:\n  jorney: short\n  tries: 0\n  code_seconds: 1.5\n',
      'people.yaml': 'people:\n  - id: Anna\n    name: Anna\n',
      'clients.yaml': `${portal}    redirect_url: x\n`,
      'services.yaml': 'services:\n  - id: one\n    name: { vi: Một, en: One }\n    level: 3\n',
    })

    expect(lines).toEqual([
      'port | must be an integer from 0 to 65535, got "80a" (settings.yaml:1)',
      'sign_in.jorney | "jorney" is not an option. Did you mean "journey"? (settings.yaml:3)',
      'sign_in.tries | must be at least 1, got 0 (settings.yaml:4)',
      'sign_in.code_seconds | must be an integer, got 1.5 (settings.yaml:5)',
      'people[0].id | must be lower-case words joined by hyphens, such as "adult-level-2", got "Anna" (people.yaml:2)',
      'people[0].sex | is missing: one of male, female (people.yaml:2)',
      'people[0].place_of_origin | is missing (people.yaml:2)',
      'people[0].address | is missing (people.yaml:2)',
      'people[0].account | is missing (people.yaml:2)',
      'people[0].age | must be given, or "birth_date" instead, but not both (people.yaml:2)',
      expect.stringMatching(
        /^people\[0\]\.card \| breaks the rule "citizen-card".*\(people\.yaml:2\)$/,
      ),
      'clients[0].redirect_url | "redirect_url" is not an option. Did you mean "redirect_uris"? (clients.yaml:5)',
      'services[0].level | must be one of 1, 2, got 3 (services.yaml:4)',
    ])
  })

  test('hide none of another kind, in the order of the lines', () => {
    const lines = linesAbout({
      'settings.yaml': 'port: 80a\nissuer_mode: split\nreal_number_prefixes: true\n',
      'people.yaml': [
        'people:',
        '  - id: anna',
        '    colour: red',
        '    name: Nguyễn Thị Minh Anh',
        '    sex: female',
        '    age: 30',
        '    number: "001196000001"',
        '    place_of_origin: Hà Nội',
        '    address: { province: Hà Nội }',
        '    guardians: [bo]',
        '    account: { level: 2, password: weak, passcode: "258036" }',
      ].join('\n'),
      'clients.yaml': [
        'clients:',
        '  - client_id: demo-protal',
        '    auto_sign_in: ana',
        '    redirect_uris: [/callback]',
        '    id_token_signed_response_alg: RS999',
        '    colour: red',
        '  - client_id: other',
        '    client_secret: s',
        '    journey: long',
        '    redirect_uris: ["https://rp.example/cb#there"]',
        '    post_logout_redirect_uris: ["https://rp.example/#there"]',
        '  - client_id: other',
        '    client_secret: s',
        '    client_secret: t',
        '    auto_sign_in: anna:bo:chi',
        '    redirect_uris: [https://rp.example/cb]',
        '    token_endpoint_auth_method: private_key_jwt',
        '    userinfo_signed_response_alg: none',
      ].join('\n'),
      'services.yaml': [
        'services:',
        '  - { id: one, name: { vi: Một, en: One }, level: 3 }',
        '  - { id: one, name: { vi: Một, en: One }, level: 1, colour: red }',
      ].join('\n'),
    })

    expect(lines.map((line) => line.replace(/^(.* \| .{20}).*(\(.*)$/, '$1… $2'))).toEqual([
      'port | must be an integer f… (settings.yaml:1)',
      'issuer_mode | must have internal_u… (settings.yaml:2)',
      'people[0].card | breaks the rule "cit… (people.yaml:2)',
      'people[0].colour | "colour" is not an o… (people.yaml:3)',
      'people[0].number | breaks the rule "num… (people.yaml:7)',
      'people[0].guardians[0] | "bo" does not exist.… (people.yaml:10)',
      'people[0].account.password | breaks the rule "pas… (people.yaml:11)',
      '(the whole file) | Map keys must be uni… (clients.yaml:14)',
      'clients | must have "demo-port… (clients.yaml:1)',
      'clients[0].client_secret | is missing, and clie… (clients.yaml:2)',
      'clients[0].auto_sign_in | must name a person o… (clients.yaml:3)',
      'clients[0].redirect_uris[0] | must be an absolute … (clients.yaml:4)',
      "clients[0].id_token_signed_response_alg | must be 'RS256' or '… (clients.yaml:5)",
      'clients[0].colour | "colour" is not an o… (clients.yaml:6)',
      'clients[1].journey | must be one of full,… (clients.yaml:9)',
      'clients[1].redirect_uris | must not contain fra… (clients.yaml:10)',
      'clients[1].post_logout_redirect_uris | must not contain fra… (clients.yaml:11)',
      'clients[2].jwks | is missing, and priv… (clients.yaml:12)',
      'clients[2].client_id | must be unique, got … (clients.yaml:12)',
      'clients[2].auto_sign_in | must be a person, or… (clients.yaml:15)',
      "clients[2].userinfo_signed_response_alg | must be 'RS256' or '… (clients.yaml:18)",
      'services[0].level | must be one of 1, 2,… (services.yaml:2)',
      'services[1].colour | "colour" is not an o… (services.yaml:3)',
      'services[1].id | must be the only one… (services.yaml:3)',
    ])
  })

  test('are counted, and followed by what to do', () => {
    expect(() => load({ 'settings.yaml': 'port: no\n' })).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_INVALID',
        message: expect.stringMatching(
          /^config is not valid \(1 problem\):\n.*\nCorrect the lines named, and start again\.$/,
        ),
      }),
    )
  })

  test.each([
    ['settings.yaml', 'pages:\n  test_dta: true\n', 'pages.test_dta', 'test_data', 2],
    ['settings.yaml', 'provider:\n  discovry: full\n', 'provider.discovry', 'discovery', 2],
    ['settings.yaml', 'prot: 1\n', 'prot', 'port', 1],
    ['clients.yaml', 'client: []\nclients: []\n', 'client', 'clients', 1],
    ['services.yaml', 'services: []\nservice: 1\n', 'service', 'services', 2],
    ['people.yaml', 'people: []\npoeple: 1\n', 'poeple', 'people', 2],
  ])('name the nearest option in %s: %j', (file, text, place, meant, line) => {
    const key = place.split('.').at(-1)

    expect(linesAbout({ [file]: text })).toContain(
      `${place} | "${key}" is not an option. Did you mean "${meant}"? (${file}:${line})`,
    )
  })

  test('name options that lie deep inside a person and a client', () => {
    const lines = linesAbout({
      'people.yaml':
        'people:\n  - id: anna\n    account:\n      pasword: x\n    card:\n      isued_on: x\n',
      'clients.yaml': `${portal}    jwks:\n      kys: []\n`,
    })

    expect(lines).toContain(
      'people[0].account.pasword | "pasword" is not an option. Did you mean "password"? (people.yaml:4)',
    )
    expect(lines).toContain(
      'people[0].card.isued_on | "isued_on" is not an option. Did you mean "issued_on"? (people.yaml:6)',
    )
    expect(lines).toContain(
      'clients[0].jwks.kys | "kys" is not an option. Did you mean "keys"? (clients.yaml:6)',
    )
  })

  test.each([
    ['settings.yaml', 'sign_in: 5\n', 'sign_in | must be an object, got 5'],
    ['settings.yaml', 'sign_in:\n', 'sign_in | must be an object, got null'],
    ['settings.yaml', 'portal: maybe\n', 'portal | must be true or false, got "maybe"'],
    ['settings.yaml', 'port:\n', 'port | must be an integer from 0 to 65535, got null'],
    ['settings.yaml', 'port: -1\n', 'port | must be an integer from 0 to 65535, got -1'],
    ['settings.yaml', 'data_folder: ""\n', 'data_folder | must not be empty, got ""'],
    [
      'settings.yaml',
      'issuer: here\n',
      'issuer | must be an absolute http or https URL, got "here"',
    ],
    ['people.yaml', 'people: 5\n', 'people | must be an array, got 5'],
    ['people.yaml', 'people: [5]\n', 'people[0] | must be an object, got 5'],
    ['clients.yaml', 'clients: {}\n', 'clients | must be an array, got {}'],
    ['services.yaml', 'services:\n  a: 1\n', 'services | must be an array, got {"a":1}'],
  ])('say what must hold and what was found in %s: %j', (file, text, said) => {
    expect(linesAbout({ [file]: text })).toContain(`${said} (${file}:1)`)
  })
})

describe('a person who breaks the law', () => {
  test('is refused with the line, the rule and the article', () => {
    const lines = linesAbout({
      'people.yaml': [
        'people:',
        '  - id: young',
        '    name: Nguyễn Văn An',
        '    sex: male',
        '    age: 10',
        '    place_of_origin: Hà Nội',
        '    address: { province: Hà Nội }',
        '    account:',
        '      level: 2',
        '      password: Mat-khau-1',
        '      passcode: "258036"',
      ].join('\n'),
    })

    expect(lines).toContainEqual(
      expect.stringMatching(
        /^people\[0\].* \| breaks the rule "[a-z-]+" \(.*Art.*\): .*\(people\.yaml:\d+\)$/,
      ),
    )
  })
})

describe('what one file says of another', () => {
  test('is judged by what can be read of that other', () => {
    const anna = (password: string) =>
      `people:\n  - id: anna\n    account: { level: 1, password: ${password} }\n`
    const files = {
      'people.yaml': anna('weak'),
      'clients.yaml': `${portal}    auto_sign_in: ana\n`,
    }

    expect(linesAbout(files)).toContain(
      'clients[0].auto_sign_in | must name a person of people.yaml, got "ana". Did you mean "anna"? (clients.yaml:5)',
    )
  })

  test('a secret that everybody knows is refused where others can call', () => {
    const files = {
      'clients.yaml': `${portal.replace('client_secret: s', 'client_secret: demo-portal-secret')}    colour: red\n`,
    }
    const aboutSecret = expect.stringMatching(/client_secret \| is known to everybody.*:3\)$/)

    expect(linesAbout(files, { flags: { host: '0.0.0.0' } })).toEqual([
      aboutSecret,
      expect.stringContaining('"colour" is not an option.'),
    ])
    expect(linesAbout(files, { flags: { host: '0.0.0.0', control: 'open' } })).toHaveLength(1)
    expect(linesAbout(files)).toHaveLength(1)
  })

  test('is not judged by what cannot', () => {
    const files = {
      'people.yaml': 'people: "none\n',
      'settings.yaml': 'port: "1\n',
      'clients.yaml': portal.replace('demo-portal', 'other') + '    auto_sign_in: anna\n',
    }

    expect(linesAbout(files).map((line) => line.replace(/^.*\(/, '('))).toEqual([
      expect.stringMatching(/^\(settings\.yaml/),
      expect.stringMatching(/^\(people\.yaml/),
    ])
  })

  test('an automatic person whom nobody knows is named with the nearest and the line', () => {
    const lines = linesAbout({ 'clients.yaml': `${portal}    auto_sign_in: adult-level-3\n` })

    expect(lines).toEqual([
      'clients[0].auto_sign_in | must name a person of people.yaml, got "adult-level-3". Did you mean "adult-level-2"? (clients.yaml:5)',
    ])
  })

  test('so is the one acted for', () => {
    const lines = linesAbout({
      'clients.yaml': `${portal}    auto_sign_in: guardian-of-two:child-12\n`,
    })

    expect(lines).toEqual([
      'clients[0].auto_sign_in | must name after the colon a person or organisation of people.yaml, got "child-12". Did you mean "child-13"? (clients.yaml:5)',
    ])
  })

  test.each(['adult-level-2', 'guardian-of-two:child-13'])('"%s" is known', (named) => {
    const { clients } = load({ 'clients.yaml': `${portal}    auto_sign_in: ${named}\n` })

    expect(clients[0]).toMatchObject({ auto_sign_in: named })
  })

  test('the demo portal must be a client while it is served', () => {
    const files = { 'clients.yaml': portal.replace('demo-portal', 'demo-protal') }

    expect(linesAbout(files)).toEqual([
      'clients | must have "demo-portal", which the demo portal signs in as. Is it "demo-protal"? Add it, or start with --no-portal (clients.yaml:1)',
    ])
    expect(load(files, { flags: { portal: false } }).clients).toHaveLength(1)
  })
})
