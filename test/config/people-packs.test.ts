import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, linesAbout, load } from './files.ts'

const nobody = 'people: []\n'

const yaml = `people:
  - id: from-yaml
    name: Lê Thị Yến
    sex: female
    age: 30
    place_of_origin: Huế
    address: { province: Huế }
    card: { issued_on: 2024-05-17 }
    account: { level: 2, password: Matkhau@1, passcode: '123456' }
`

const json = JSON.stringify(
  [
    {
      id: 'from-json',
      name: 'Trần Văn Sơn',
      sex: 'male',
      age: 41,
      place_of_origin: 'Hà Nội',
      address: { province: 'Hà Nội' },
      card: { issued_on: '2024-05-17' },
      account: { level: 1, password: 'Matkhau@1', passcode: '123456' },
    },
  ],
  undefined,
  '\t',
)

/** As Excel saves it in Viet Nam: semicolons, CRLF, a mark before it, and its own ideas of digits. */
const excel = [
  '\uFEFFid;Name;sex;age;birth_date;number;place_of_origin;province;street;card.issued_on;level;passcode;guardians;ward;previous_names;memberships',
  'from-excel;Nguyễn Thị Bé;Nữ;;17/05/1990;190012345;"Xã Một',
  'Quảng Trị";Huế;"1 ""Phố"" Thử; tổ 2";1/2/2024;2;1234;;FALSE;Nguyễn Thị Nhỏ; ;',
  ';;;;;;;;;;;;;;;',
  'child-of-excel;Nguyễn Văn Con;nam;8;;;Huế;Huế;;1/2/2024;1;;from-excel;;;',
  '',
].join('\r\n')

const peopleOf = (...args: Parameters<typeof load>) => load(...args).people.people

describe('packs of people', () => {
  test('are all files in the folder people/, by name, beside people.yaml', () => {
    const files = {
      'people.yaml': nobody,
      'people/c.yaml': yaml,
      'people/b.json': json,
      'people/a.csv': excel,
      'people/readme.txt': 'not one of them',
    }

    expect(peopleOf(files).map(({ id }) => id)).toEqual([
      'from-excel',
      'child-of-excel',
      'from-json',
      'from-yaml',
    ])
  })

  test('are files that a flag or a variable names, with those of people.yaml', () => {
    const folder = folderWith({ 'a.yaml': yaml, 'b.json': json })
    const [a, b] = [join(folder, 'a.yaml'), join(folder, 'b.json')]
    const ids = (...args: Parameters<typeof load>) => peopleOf(...args).map(({ id }) => id)

    expect(ids({}, { flags: { people: `${a},${b}` } })).toEqual(
      expect.arrayContaining(['adult-level-2', 'from-yaml', 'from-json']),
    )
    expect(ids({ 'people.yaml': nobody }, { environment: { MOCK_VNEID_PEOPLE: a } })).toEqual([
      'from-yaml',
    ])
    expect(ids({ 'people.yaml': nobody }, { flags: { people: [b, b] } })).toEqual(['from-json'])
  })

  test('may name guardians and organisations of each other', () => {
    const child = 'id,name,sex,age,place_of_origin,province,card.issued_on,level,guardians\n'
    const row = 'small,Lê Văn Nhỏ,male,8,Huế,Huế,2025-01-01,1,from-yaml\n'

    const [, small] = peopleOf({
      'people.yaml': nobody,
      'people/a.yaml': yaml,
      'people/b.csv': child + row,
    })

    expect(small).toMatchObject({ id: 'small', guardians: ['from-yaml'] })
  })

  test('are watched, with those that a setting names', () => {
    const named = join(folderWith({ 'a.yaml': yaml }), 'a.yaml')
    const folder = folderWith({ 'people.yaml': nobody })
    const { files } = load({}, { folder, flags: { people: [named] } })

    expect(files).toEqual(expect.arrayContaining([named, join(folder, 'people')]))
  })
})

describe('a table from Excel', () => {
  test('says what a file of people says', () => {
    const [one, child] = peopleOf({ 'people.yaml': nobody, 'people/a.csv': excel })

    expect(one).toMatchObject({
      id: 'from-excel',
      name: 'Nguyễn Thị Bé',
      sex: 'female',
      birth_date: '1990-05-17',
      number: '000190012345',
      place_of_origin: 'Xã Một\nQuảng Trị',
      address: { province: 'Huế', street: '1 "Phố" Thử; tổ 2' },
      card: { issued_on: '2024-02-01' },
      account: { level: 2, state: 'active', password: 'Matkhau@1', passcode: '001234' },
      ward: false,
      previous_names: ['Nguyễn Thị Nhỏ'],
      memberships: [],
    })
    expect(child).toMatchObject({ age: 8, sex: 'male', guardians: ['from-excel'] })
  })

  test.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['commas', ','],
  ])('may have %s between its cells', (_, sign) => {
    const cells = [
      ['id', 'name', 'sex', 'age', 'place_of_origin', 'province', 'level', 'card.issued_on'],
      ['a', '"B, C; D"', 'male', '30', 'Huế', 'Huế', '2', '2025-01-01'],
    ]
    const text = cells.map((row) => row.join(sign)).join('\n')

    const [one] = peopleOf({ 'people.yaml': nobody, 'people/a.csv': text })
    const [other] = peopleOf({ 'people.yaml': nobody, 'people/a.csv': `sep=${sign}\n${text}` })

    expect(one).toMatchObject({ id: 'a', name: 'B, C; D', account: { level: 2 } })
    expect(other).toEqual(one)
  })

  test('may have documents, and several of a kind', () => {
    const text = [
      'id,name,sex,age,place_of_origin,province,level,card.issued_on,documents.vehicles.0.plate,documents.vehicles.0.kind,documents.vehicles.0.issued_on,documents.judicial_record.number,documents.judicial_record.has_convictions,documents.judicial_record.issued_on',
      'a,B,male,30,Huế,Huế,2,2025-01-01,75-A1 123.45,xe máy,03/02/2020,LL-1,không,03/02/2025',
    ].join('\n')

    expect(peopleOf({ 'people.yaml': nobody, 'people/a.csv': text })[0]?.documents).toEqual({
      vehicles: [{ plate: '75-A1 123.45', kind: 'xe máy', issued_on: '2020-02-03' }],
      judicial_record: { number: 'LL-1', has_convictions: false, issued_on: '2025-02-03' },
    })
  })
})

describe('a table with organisations', () => {
  const table = (...rows: readonly string[]) =>
    [
      'kind,id,name,sex,age,place_of_origin,street,province,card.issued_on,level,memberships,code,tax_code,founded_on,short_name,state',
      ',anna,Lê Thị An,female,30,Huế,,Huế,2025-01-01,2,company:representative,,,,,',
      ...rows,
    ].join('\n')

  test('has them in rows of that kind', () => {
    const company =
      'organization,company,Công ty Ví Dụ,,,,1 Phố Thử,Huế,,,,TC-1,19,20/04/2015,Ví Dụ,locked'
    const { people, organizations } = load({
      'people.yaml': nobody,
      'people/a.csv': table(company),
    }).people

    expect(people).toMatchObject([
      { id: 'anna', memberships: [{ organization: 'company', role: 'representative' }] },
    ])
    expect(organizations).toEqual([
      {
        id: 'company',
        name: 'Công ty Ví Dụ',
        head_office: { street: '1 Phố Thử', province: 'Huế' },
        code: 'TC-1',
        tax_code: '0000000019',
        founded_on: '2015-04-20',
        short_name: 'Ví Dụ',
        state: 'locked',
      },
    ])
  })

  test('is told of them at their lines', () => {
    const rows = [
      'organization,company,,,,,,Huế,,2,,TC-1,x,2015-04-20,,',
      ',bo,Lê Văn Bo,male,-3,Huế,,Huế,2025-01-01,2,,,,,,',
    ]

    expect(linesAbout({ 'people.yaml': nobody, 'people/a.csv': table(...rows) })).toEqual([
      'organizations[0].level | "level" is not an option. (a.csv:3)',
      expect.stringMatching(/^organizations\[0\]\.tax_code \| must be ten digits.* \(a\.csv:3\)$/),
      'organizations[0].name | is missing (a.csv:3)',
      'people[1].age | must not be negative, got -3 (a.csv:4)',
    ])
  })
})

describe('broken packs', () => {
  const columns = 'id,name,sex,age,place_of_origin,province,card.issued_on,level'

  test('are told all at once, each with its file, line, field, rule and article', () => {
    const csv = [
      columns,
      'one,"Lê',
      'Văn Một",male,30,Huế,Huế,2025-01-01,2',
      'two,Lê Văn Hai,male,5,Huế,Huếe,2025-01-01,2',
      'from-json,Lê Văn Ba,male,30,Huế,Huế,2025-01-01,3',
    ].join('\r\n')
    const lines = linesAbout({
      'people.yaml': nobody,
      'people/a.csv': csv,
      'people/b.json': json.replace('"age": 41', '"age": 13'),
      'people/c.yaml': yaml.replace('age: 30', 'agee: 30').replace('people:', 'poeple: 1\npeople:'),
    })

    expect(lines).toEqual([
      'people[1].address.province | must be a province of today (did you mean "Huế"?), got "Huếe" (a.csv:4)',
      expect.stringMatching(/^people\[1\]\.account\.level \| .* "level-2-from-6".* \(a\.csv:4\)$/),
      expect.stringMatching(/^people\[1\]\.guardians \| .* "guardian-of-minor".* \(a\.csv:4\)$/),
      'people[2].account.level | must be one of 1, 2, got 3 (a.csv:5)',
      expect.stringMatching(
        /^people\[0\]\.guardians \| breaks the rule "guardian-of-minor" \(Decree 69\/2024\/NĐ-CP Art\. 10\(1\)d\).* \(b\.json:2\)$/,
      ),
      expect.stringMatching(
        /^people\[0\]\.id \| must be its own, got "from-json" of people\[2\] \(\S+a\.csv:5\), which says otherwise\. Leave .* number \(b\.json:3\)$/,
      ),
      'poeple | "poeple" is not an option. Did you mean "people"? (c.yaml:1)',
      'people[0].age | must be given, or "birth_date" instead, but not both (c.yaml:3)',
      'people[0].agee | "agee" is not an option. Did you mean "age"? (c.yaml:6)',
    ])
  })

  test.each([
    [
      'a column that is none',
      `${columns},phnoe\n`,
      '"phnoe" is no column. Did you mean "phone"? (a.csv:1)',
    ],
    [
      'a column twice',
      `${columns},address.province\n`,
      '"address.province" is there twice (a.csv:1)',
    ],
    [
      'more cells than columns',
      `${columns}\n,,,,,,,,\none,B,male,30,Huế,Huế,2025-01-01,2,x\n`,
      'has more cells than there are columns (8) (a.csv:3)',
    ],
    [
      'a quote that never ends',
      `${columns}\n"one,\n`,
      'is no CSV: Quote Not Closed: the parsing is finished with an opening quote (a.csv:2)',
    ],
    ['nothing at all', '', 'must have a row that names the columns (a.csv:1)'],
    [
      'letters that are not UTF-8',
      Buffer.from(`${columns}\nb\xe9`, 'latin1'),
      'must be UTF-8, and is something else. In Excel, save it as "CSV UTF-8" (a.csv:1)',
    ],
  ])('are told of %s', (_, text, line) => {
    expect(linesAbout({ 'people.yaml': nobody, 'people/a.csv': text })).toEqual([
      `(the whole file) | ${line}`,
    ])
  })

  const row = (id: string, otherwise: Readonly<Record<number, string>> = {}) =>
    [id, 'Lê Văn Một', 'male', '30', 'Huế', 'Huế', '2025-01-01', '2']
      .map((cell, index) => otherwise[index] ?? cell)
      .join(',')
  const about = (...rows: readonly string[]) =>
    linesAbout({ 'people.yaml': nobody, 'people/a.csv': rows.join('\n') })

  test('are told of around a row that is none, which may have whoever is not there', () => {
    const lines = about(
      `${columns},guardians`,
      `${row('one', { 5: 'Huếe' })},six`,
      `${row('two', { 1: '"Lê\nVăn Hai"', 7: '3' })},twoo`,
      row('three', { 7: '4' }),
      `${row('six', { 1: '"Lê Văn Sáu', 7: '5' })},`,
      `${row('seven', { 7: '6' })},six`,
      `${row('eight', { 1: '"Lê" Văn Tám' })},`,
      'text of a cell that goes on',
      `${row('nine', { 7: '8' })},nobody`,
      `${row('ten', { 1: '"Lê Văn Mười' })},`,
    )

    expect(lines).toEqual([
      expect.stringMatching(/is no CSV: Invalid Closing Quote: .* \(a\.csv:6\)$/),
      expect.stringMatching(/is no CSV: Invalid Closing Quote: .* \(a\.csv:8\)$/),
      expect.stringMatching(/is no CSV: Quote Not Closed: .* \(a\.csv:11\)$/),
      expect.stringMatching(/^people\[0\]\.address\.province .* \(a\.csv:2\)$/),
      'people[1].account.level | must be one of 1, 2, got 3 (a.csv:3)',
      'people[1].guardians[0] | "twoo" does not exist. Did you mean "two"? (a.csv:3)',
      'people[2].account.level | must be one of 1, 2, got 4 (a.csv:5)',
      'people[3].account.level | must be one of 1, 2, got 6 (a.csv:7)',
      'people[4].account.level | must be one of 1, 2, got 8 (a.csv:10)',
      'people[4].guardians[0] | "nobody" does not exist. (a.csv:10)',
    ])
  })

  test('are told of a row by all of its cells', () => {
    const lines = about(`${columns},guardians`, `${row('one', { 2: 'x', 3: '5' })},nobody`)

    expect(lines.map((line) => line.split(' | ')[0])).toEqual([
      'people[0].sex',
      'people[0].guardians[0]',
      'people[0].account.level',
    ])
  })

  test('are not told of what a misspelt column may have said', () => {
    const misspelt = `${columns},guardian`.replace('level', 'lvel').replace('name', 'nmae')
    const small = row('small', { 3: '8' })

    expect(about(misspelt, `${small},one`, row('one'))).toEqual([
      '(the whole file) | "nmae" is no column. Did you mean "name"? (a.csv:1)',
      '(the whole file) | "lvel" is no column. Did you mean "level"? (a.csv:1)',
      '(the whole file) | "guardian" is no column. Did you mean "guardians"? (a.csv:1)',
    ])
    expect(about(`${columns},note`, `${small},one`)).toHaveLength(2)
  })

  test('are not told of whoever may be in a file that cannot be read', () => {
    const lines = linesAbout({
      'people.yaml': nobody,
      'people/a.csv': [`${columns},guardians`, `${row('one')},from-yaml; nobody`].join('\n'),
      'people/b.yaml': yaml.replace('name: ', 'name: "'),
    })

    expect(lines).toEqual([
      expect.stringContaining('(b.yaml:'),
      'people[0].guardians[1] | "nobody" does not exist. (a.csv:2)',
    ])
  })

  test.each([
    ['[\n  {"id": tru,\n"x": 1 }\n]', 2],
    ['[\n\n{"id": NaN}\n\n\n]', 3],
    ['[\n{"id": "a\nb"}\n]', 2],
    ['[\n{"id": "a",\n"x": 1,}\n,\n]', 3],
    ['[\n{"id": "a"\n"name": "b"}\n\n]', 3],
    ['[\n{},\n\n"a', 4],
    ['[\n{}]\n\n]', 4],
    ['\n\nid,name\n\n', 3],
  ])('are told of JSON %j at the line that is none', (text, line) => {
    expect(linesAbout({ 'people.yaml': nobody, 'people/a.json': text })).toEqual([
      expect.stringMatching(
        new RegExp(`^\\(the whole file\\) \\| is no JSON: \\w[^\\n]* \\(a\\.json:${line}\\)$`),
      ),
    ])
  })

  test('are told of, when they are not there or are something else', () => {
    const folder = folderWith({ 'a.txt': '', 'b.json': '[\n{' })
    const people = ['a.txt', 'b.json', 'gone.csv'].map((name) => join(folder, name))

    expect(linesAbout({ 'people.yaml': nobody }, { flags: { people } })).toEqual([
      '(the whole file) | must be named .yaml, .yml, .json, .csv (a.txt:1)',
      expect.stringMatching(/^\(the whole file\) \| is no JSON: .* \(b\.json:2\)$/),
      '(the whole file) | does not exist (gone.csv:1)',
    ])
  })
})

describe('the setting of a population', () => {
  test('given as a number leaves alone what else the file says', () => {
    const file = { 'settings.yaml': 'population: { anchor_day: 2030-01-01 }\n' }

    expect(load(file, { flags: { population: 5 } }).settings.population).toEqual({
      size: 5,
      anchor_day: '2030-01-01',
      shares: {},
    })
    expect(linesAbout(file, { flags: { population: -5 } })).toEqual([
      'population.size | must not be negative, got -5 (--population)',
    ])
  })

  test('says where shares cannot be', () => {
    const file = { 'settings.yaml': 'population:\n  shares:\n    ages: { 0: 1, 5: 0 }\n' }

    expect(linesAbout(file)).toEqual([
      expect.stringMatching(
        /^population\.shares \| cannot be: the shares of ages leave children without parents.* \(settings\.yaml:2\)$/,
      ),
    ])
  })

  test('lets a client be signed in as somebody of it, and as nobody beyond', () => {
    const client = (as: string) =>
      `clients: [{ client_id: rp, client_secret: s, redirect_uris: ['http://localhost/cb'], auto_sign_in: ${as} }]\n`
    const about = (as: string) => ({ 'clients.yaml': client(as) })
    const flags = { population: 12, portal: false }

    expect(load(about('p-11'), { flags }).clients[0]?.auto_sign_in).toBe('p-11')
    expect(linesAbout(about('p-12'), { flags })[0]).toContain('must name a person of people.yaml')
  })
})
