import type { OrganizationEntry, PersonEntry } from '../people-file.ts'
import { organizationKeys, organizationSchema, personKeys, personSchema } from './people-schema.ts'
import { provinces } from '../provinces.ts'
import type { EntryForm } from './read-entries.ts'

const province = provinces.today[0]!.name

/** The first day that a personal number can say: nothing in a file is before it. */
const longAgo = '1900-01-01'

export const personForm: EntryForm<PersonEntry> = {
  list: 'people',
  schema: personSchema,
  keys: personKeys,
  standIns: (isSaid) => ({
    id: 'somebody',
    name: 'Nguyễn Thị Minh Anh',
    sex: 'female',
    ...(!isSaid('age') && { birth_date: longAgo }),
    place_of_origin: province,
    'address.province': province,
    'account.level': 2,
    'account.password': 'Matkhau@1',
    'account.passcode': '123456',
  }),
  dependent: {
    age: ['birth_date', 'birthday'],
    birth_date: ['age', 'birthday'],
    phone: ['phone_holder'],
  },
}

export const organizationForm: EntryForm<OrganizationEntry> = {
  list: 'organizations',
  schema: organizationSchema,
  keys: organizationKeys,
  standIns: () => ({
    id: 'some-organization',
    code: '1',
    tax_code: '0000000000',
    name: 'Công ty TNHH Ví Dụ',
    founded_on: longAgo,
    'head_office.province': province,
  }),
  dependent: {},
}
