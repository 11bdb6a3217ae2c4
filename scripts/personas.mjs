/**
 * Writes what is said of the personas where people read it: docs/personas.md, and the tables of
 * both READMEs. `node scripts/personas.mjs` after a change of config/people.yaml.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')

/**
 * @typedef {{
 *   id: string
 *   name: string
 *   kind?: string
 *   age: number
 *   tests: { vi: string; en: string }
 *   card?: { expires_in_years?: number }
 *   account: { level: number; state?: string }
 *   guardians?: string[]
 *   memberships?: { organization: string; role: string }[]
 *   deceased_days_ago?: number
 * }} Persona
 *
 *
 * @typedef {{ id: string; name: string; state?: string }} Organization
 *
 * @typedef {{ people: Persona[]; organizations: Organization[] }} PeopleFile
 */

/** @returns {PeopleFile} */
const readPeople = () => parse(readFileSync(join(root, 'config/people.yaml'), 'utf8'))

/**
 * The kinds of people, each with those who belong to no kind before it.
 *
 * @type {readonly { title: string; has: (person: Persona, file: PeopleFile) => boolean }[]}
 */
const kinds = [
  {
    title: 'Tài khoản không dùng được · Accounts that cannot be used',
    has: ({ account, card, deceased_days_ago: deceased }) =>
      (account.state ?? 'active') !== 'active' ||
      deceased !== undefined ||
      (card?.expires_in_years ?? 0) < 0,
  },
  { title: 'Người nước ngoài · Foreigners', has: ({ kind }) => kind === 'foreigner' },
  {
    title:
      'Trẻ em, người được giám hộ và người làm thay họ · Children, wards, and who acts for them',
    has: ({ id, guardians = [] }, { people }) =>
      guardians.length > 0 || people.some((other) => other.guardians?.includes(id)),
  },
  {
    title: 'Tổ chức · Organisations',
    has: ({ memberships = [] }) => memberships.length > 0,
  },
  { title: 'Công dân từ 14 tuổi · Citizens of 14 and older', has: () => true },
]

/** @param {PeopleFile} file */
function peopleByKind(file) {
  const byKind = new Map(kinds.map(({ title }) => [title, /** @type {Persona[]} */ ([])]))
  for (const person of file.people) {
    const kind = kinds.find(({ has }) => has(person, file))
    if (kind) byKind.get(kind.title)?.push(person)
  }
  return byKind
}

/** @param {readonly (readonly string[])[]} rows The first is the header. */
const table = ([header = [], ...rows]) =>
  [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.normalize('NFC')).join(' | ')} |`)
    .join('\n')

/** @param {PeopleFile} file */
function page(file) {
  const sections = [...peopleByKind(file)]
    .toReversed()
    .map(
      ([title, people]) =>
        `## ${title}\n\n${table([
          ['id', 'họ tên · name', 'tuổi · age', 'mức độ · level', 'để thử gì', 'what it is for'],
          ...people.map(({ id, name, age, account, tests }) => [
            `\`${id}\``,
            name,
            String(age),
            `0${account.level}`,
            tests.vi,
            tests.en,
          ]),
        ])}`,
    )
  return `# Những người dùng thử · Personas

${file.people.length} người trong \`config/people.yaml\`, có sẵn khi máy chủ bắt đầu. Mật khẩu của mọi người là \`Matkhau@1\`, passcode là \`123456\`. Không ai trong số này có thật.

The ${file.people.length} people of \`config/people.yaml\`, who are there when the mock starts. Everyone's password is \`Matkhau@1\`, the passcode \`123456\`. Nobody here is real.

Trang này được tạo từ tệp đó · This page is made from that file: \`node scripts/personas.mjs\`

${sections.join('\n\n')}

## Các tổ chức · The organisations

${table([
  ['id', 'tên · name', 'tình trạng · state', 'người có vai trò · who has a role in it'],
  ...file.organizations.map(({ id, name, state = 'active' }) => [
    `\`${id}\``,
    name,
    stateInWords[state] ?? state,
    file.people.flatMap((person) => roleText(person, id)).join(', '),
  ]),
])}
`
}

/** @type {Readonly<Record<string, string>>} */
const stateInWords = {
  active: 'đang hoạt động · active',
  locked: 'bị khóa · locked',
  dissolved: 'đã giải thể · dissolved',
}

/**
 * @param {Persona} person
 * @param {string} organization
 */
const roleText = ({ id, memberships = [] }, organization) =>
  memberships
    .filter((membership) => membership.organization === organization)
    .map(({ role }) => `\`${id}\` (${role})`)

const readmes = [
  { file: 'README.md', language: /** @type {const} */ ('en'), years: '' },
  { file: 'README.vi.md', language: /** @type {const} */ ('vi'), years: ' tuổi' },
]

/**
 * A README with the table of personas as the file has them; the rest stays.
 *
 * @param {string} text
 * @param {PeopleFile} file
 * @param {{ language: 'vi' | 'en'; years: string }} readme
 */
function withTable(text, { people }, { language, years }) {
  const found = /(\| (?:id|mã) .*\n\| -.*\n)(?:\|.*\n)+/.exec(text)
  if (found === null)
    throw new Error('a README must have a table of personas, beginning with "id" or "mã"')
  const rows = people.map(
    ({ id, name, age, tests }) =>
      `| \`${id}\` | ${name.normalize('NFC')}, ${age}${years} | ${tests[language]} |\n`,
  )
  return text.replace(found[0], () => `${found[1]}${rows.join('')}`)
}

/**
 * Every file that speaks of the personas, as it should be.
 *
 * @returns {Promise<{ file: string; text: string }[]>}
 */
export async function personaFiles() {
  const people = readPeople()
  const files = [
    { file: 'docs/personas.md', text: page(people) },
    ...readmes.map((readme) => ({
      file: readme.file,
      text: withTable(readFileSync(join(root, readme.file), 'utf8'), people, readme),
    })),
  ]
  return Promise.all(
    files.map(async ({ file, text }) => {
      const options = await resolveConfig(join(root, file))
      return { file, text: await format(text, { ...options, filepath: join(root, file) }) }
    }),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const { file, text } of await personaFiles()) writeFileSync(join(root, file), text)
