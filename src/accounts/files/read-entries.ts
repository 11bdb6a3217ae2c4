import type * as z from 'zod'
import { nearest, problemsAt, readPartly, type Problem } from '../../kernel/index.ts'

/** Where an entry comes from, of several files that are checked as one. */
export interface EntryOrigin {
  /** Entries of one file have the same. */
  file: string
  /** What the entry is called, as in `people[3]`. */
  place: () => string
  /** Places that it may say something at, but nobody knows what: `account.level`. */
  untold?: readonly string[]
}

/** An entry, and where in the file it stands. */
export interface Placed<Entry> {
  index: number
  entry: Entry
  /** Places in it that could not be read, at which something else stands: `account.level`. */
  unread: ReadonlySet<string>
}

/** Whether an entry cannot be judged by what stands at a place. */
export const isUnread = ({ unread }: Placed<unknown>, place: string): boolean =>
  unread.has(place) || unread.has(place.split('.')[0]!)

/** How entries of one kind are read, also those with something wrong in them. */
export interface EntryForm<Entry> {
  list: string
  schema: z.ZodType<Entry>
  keys: readonly string[]
  /** What stands in for what an entry cannot do without, by place. */
  standIns(isSaid: (place: string) => boolean): Raw
  /** What makes no sense any more when a key has gone. */
  dependent: Readonly<Record<string, readonly string[]>>
}

type Raw = Readonly<Record<string, unknown>>

/** Keys whose parts can be judged when others of them are wrong. */
const withParts = ['account', 'address', 'head_office', 'documents']

/**
 * Reads the entries of a list one by one. Where a value is wrong, another stands in for it, and the
 * entry says that it cannot be judged by that.
 *
 * @param untold Places that an entry may have said something at, but nobody knows what.
 */
export function readEntries<Entry>(
  form: EntryForm<Entry>,
  entries: readonly unknown[] = [],
  untold: (index: number) => readonly string[] = () => [],
): { placed: Placed<Entry>[]; problems: Problem[] } {
  const read = entries.map((raw, index) => ({ index, ...readEntry(form, raw, untold(index)) }))
  return {
    placed: read.flatMap(({ index, entry, unread }) =>
      entry === undefined ? [] : [{ index, entry, unread }],
    ),
    problems: read.flatMap(({ index, problems }) => problemsAt([form.list, index], problems)),
  }
}

function readEntry<Entry>(form: EntryForm<Entry>, raw: unknown, untold: readonly string[]) {
  const { value, problems, leftOut } = readPartly(form.schema, raw)
  const told = problems.filter(({ path }) => !untold.includes(placeOf(path)))
  if (leftOut.has('')) return { entry: undefined, unread: leftOut, problems: told }
  const wrong = problems.filter(({ path: [key] }) => leftOut.has(String(key)))
  const unknown = problems.filter((problem) => !wrong.includes(problem))
  const unread = new Set([
    ...wrong.map(({ path }) => placeOf(path)),
    ...meantBy(unknown, raw as Raw, form.keys),
    ...untold,
  ])
  const entry = value && wrong.length === 0 ? value : readRest(form, raw as Raw, unread)
  return { entry, unread, problems: told }
}

const placeOf = ([key = '', part]: Problem['path']): string =>
  withParts.includes(String(key)) && part !== undefined ? `${key}.${part}` : String(key)

/** Keys that are not there, where one that is none may have been meant for them. */
const meantBy = (unknown: readonly Problem[], raw: Raw, keys: readonly string[]): string[] =>
  unknown.flatMap(({ path }) => {
    const meant = path.length === 1 ? nearest(String(path[0]), keys) : undefined
    return meant === undefined || raw[meant] !== undefined ? [] : [meant]
  })

/** An entry without what cannot be read of it, and with what it cannot do without. */
function readRest<Entry>(
  form: EntryForm<Entry>,
  raw: Raw,
  unread: ReadonlySet<string>,
): Entry | undefined {
  const gone = new Set([...unread].flatMap((place) => [place, ...(form.dependent[place] ?? [])]))
  const said = Object.fromEntries(placesOf(raw).filter(([place]) => !gone.has(place)))
  const isSaid = (place: string) => said[place] !== undefined
  return readPartly(form.schema, joined({ ...form.standIns(isSaid), ...said })).value
}

const placesOf = (raw: Raw): [place: string, value: unknown][] =>
  Object.entries(raw).flatMap(([key, value]) =>
    withParts.includes(key) && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([part, one]): [string, unknown] => [`${key}.${part}`, one])
      : [[key, value]],
  )

function joined(said: Raw): Raw {
  const entry: Record<string, unknown> = {}
  for (const [place, value] of Object.entries(said)) {
    const [key = '', part] = place.split('.')
    entry[key] = part === undefined ? value : { ...(entry[key] as Raw), [part]: value }
  }
  return entry
}
