import type { Json, Keep, Listed } from '../../kernel/index.ts'
import type { DumpedRecord } from '../dumped.ts'
import { asReference, decoded, encoded, nameOf, partsOf, pointerOf, referenceOf } from './names.ts'
import { abandonedAfterMs } from './scripts/commit.ts'
import type { ListRow, ReadRow } from './scripts/scripts.ts'
import { kept, type Operation, type Row } from './unit.ts'

/** A record as it was read; nothing when none was there. */
export function rowOf([, name, ...fields]: ReadRow): Row | undefined {
  return name === '' ? undefined : asRow(name, fields)
}

/** A record as it stood in a list. */
export function listedRow([name, json, expiresAt, claimedAt, group, version]: ListRow): Row {
  return asRow(name, [json, expiresAt, claimedAt, group, version])
}

function asRow(
  name: string,
  [json, expiresAt, claimedAt, group, version]: [string, string, string, string, string],
): Row {
  return {
    name,
    json,
    ...(expiresAt === '' ? {} : { expiresAt: Number(expiresAt) }),
    ...(claimedAt === '' ? {} : { claimedAt: Number(claimedAt) }),
    ...(group === '' ? {} : { group }),
    ...(version === '' ? {} : { version }),
  }
}

/** A row as a list hands it out; nothing when it has ended. */
export function listed(row: Row, now: number): Listed | undefined {
  const alive = kept(row, now)
  if (alive === undefined) return undefined
  const { name, expiresAt, group, version } = row
  return {
    id: partsOf(name)[1] ?? '',
    ...alive,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(group === undefined ? {} : { group: decoded(group) }),
    ...(version === undefined ? {} : { version }),
  }
}

/** The same with everything that it is kept by. */
export function dumped(row: ListRow, now: number): DumpedRecord | undefined {
  const [name, , , , , , pointers, related] = row
  const record = listed(listedRow(row), now)
  if (record === undefined) return undefined
  const pointing = fromList(pointers).map((pointer) => partsOf(pointer).slice(1))
  return {
    kind: partsOf(name)[0] ?? '',
    ...record,
    ...(pointers === ''
      ? {}
      : { pointers: Object.fromEntries(pointing) as Record<string, string> }),
    ...(related === '' ? {} : { related: fromList(related).map(asReference) }),
  }
}

/** What is to be written for a record, and how a unit will see it until then. */
export interface Writing {
  row: Row
  pointers: readonly string[]
  operation: Operation
}

export function writing(kind: string, id: string, value: Json, keep: Keep, now: number): Writing {
  const name = nameOf(kind, id)
  const json = JSON.stringify(value)
  const { expiresAt, version } = keep
  const group = keep.group === undefined ? undefined : encoded(keep.group)
  const pointers = Object.entries(keep.pointers ?? {}).map(([pointer, text]) =>
    pointerOf(kind, pointer, text),
  )
  const left = expiresAt === undefined ? undefined : Math.max(0, expiresAt - now)
  const operation: Operation = [
    'put',
    name,
    json,
    expiresAt === undefined ? '' : String(expiresAt),
    group ?? '',
    version ?? '',
    left === undefined ? '' : String(left + abandonedAfterMs),
    asList(pointers.map((pointer) => pointer.slice(1))),
    asList((keep.related ?? []).map(referenceOf)),
  ]
  const row: Row = {
    name,
    json,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(group === undefined ? {} : { group }),
    ...(version === undefined ? {} : { version }),
  }
  return { row, pointers, operation }
}

const asList = (names: readonly string[]) => (names.length === 0 ? '' : JSON.stringify(names))

const fromList = (text: string) => (text === '' ? [] : (JSON.parse(text) as string[]))
