import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { worldOperationNames } from '../../src/control/index.ts'
import { allOperations } from '../../src/control/operations.ts'
import { packageRoot } from '../../src/kernel/index.ts'

/** Every file of a room that comes with one of its files, without those that are loaded later. */
function loadedWith(file: string, loaded: Set<string> = new Set()): Set<string> {
  if (loaded.has(file)) return loaded
  loaded.add(file)
  const text = readFileSync(join(packageRoot, 'src/control', file), 'utf8')
  const imports = text.matchAll(/^(?:import|export) (?!type )[^']*? from '(\.\.?\/[^']+)'/gm)
  for (const [, path = ''] of imports) {
    const next = posix.join(posix.dirname(file), path)
    if (!next.startsWith('..')) loadedWith(next, loaded)
  }
  return loaded
}

test('a mock starts without the table of operations, whose schemas take longer than it', () => {
  const loaded = loadedWith('index.ts')

  expect(existsSync(join(packageRoot, 'src/control/operations.ts'))).toBe(true)
  expect([...loaded]).not.toContain('operations.ts')
  expect([...loaded]).not.toContain('operations/fields.ts')
  expect([...loaded]).not.toContain('http/create-control.ts')
  expect([...loaded]).toContain('callers/in-process.ts')
  expect([...loadedWith('http/create-control.ts')]).toContain('operations/fields.ts')
})

test('a mock knows the names of all operations of a world, without the table', () => {
  const names = allOperations.flatMap(({ name, isRootOnly }) => (isRootOnly ? [] : [name]))

  expect(worldOperationNames.toSorted()).toEqual(names.toSorted())
})
