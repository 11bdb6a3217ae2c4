import { expect, test } from 'vitest'
import { merged } from '../../src/control/deeds/merged.ts'

/** A promise of which another is made each time that somebody wants to hear of it. */
class Counted<T> extends Promise<T> {
  static made = 0

  constructor(work: ConstructorParameters<typeof Promise<T>>[0]) {
    super(work)
    Counted.made++
  }
}

/** Says nothing until it is told to end. */
function quiet() {
  let end = () => {}
  const ended = new Counted<IteratorResult<string>>((resolve) => {
    end = () => resolve({ done: true, value: undefined })
  })
  return { next: () => ended, end: () => end() }
}

/** Counts up, and how often it was asked to. */
function counting(most = Infinity) {
  const source = {
    asked: 0,
    returned: 0,
    next: async (): Promise<IteratorResult<string>> =>
      source.asked++ < most
        ? { done: false, value: String(source.asked) }
        : { done: true, value: undefined },
    return: async (): Promise<IteratorResult<string>> => {
      source.returned++
      return { done: true, value: undefined }
    },
  }
  return source
}

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const came: string[] = []
  for await (const item of items) came.push(item)
  return came
}

test('a source that is quiet is listened to once, however much comes from the others', async () => {
  const silent = quiet()
  const items = merged<string>([counting(), silent])
  await items.next()
  const before = Counted.made
  for (let count = 2; count <= 1000; count++)
    expect(await items.next()).toEqual({ done: false, value: String(count) })

  expect(Counted.made - before).toBe(0)
  silent.end()
  await items.return(undefined)
})

test('a source is not asked for more than somebody reads', async () => {
  const source = counting()
  const items = merged<string>([source])
  for (let count = 0; count < 5; count++) await items.next()
  await new Promise(setImmediate)

  expect(source.asked).toBe(5)
  await items.return(undefined)
  expect(source.returned).toBe(1)
})

test('each source has its turn, and all end when the last does', async () => {
  const came = await all(merged<string>([counting(3), counting(5), counting(0)]))

  expect(came.toSorted()).toEqual(['1', '1', '2', '2', '3', '3', '4', '5'])
  expect(came.slice(0, 4).toSorted()).toEqual(['1', '1', '2', '2'])
})

test('a source that fails ends it, and the others are let go', async () => {
  const other = counting(100)
  const failing = { next: () => Promise.reject(new Error('no more')) }

  await expect(all(merged<string>([other, failing]))).rejects.toThrow('no more')
  expect(other.returned).toBe(1)
})
