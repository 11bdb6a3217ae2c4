import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { problemsOf, readPartly, strictObject } from '../../src/kernel/index.ts'

/** What is said of one value that does not fit, with its place. */
function saidOf(schema: z.ZodType, input: unknown): string[] {
  const { error } = schema.safeParse(input)
  return problemsOf(error!, input).map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  )
}

describe('a value of the wrong type', () => {
  test.each([
    [z.object({}), 5, 'must be an object, got 5'],
    [z.record(z.string(), z.string()), [], 'must be an object, got []'],
    [z.array(z.string()), {}, 'must be an array, got {}'],
    [z.int(), 1.5, 'must be an integer, got 1.5'],
    [z.int(), 'x', 'must be a number, got "x"'],
    [z.number(), 'x', 'must be a number, got "x"'],
    [z.boolean(), 'x', 'must be true or false, got "x"'],
    [z.string(), null, 'must be a string, got null'],
    [z.string(), 123_456, 'must be a string, got 123456. Put it in quotes'],
    [z.string(), -1.5, 'must be a string, got -1.5. Put it in quotes'],
    [z.int('must be a year'), 'x', 'must be a year, got "x"'],
  ])('is told what it must be (%#)', (schema, input, said) => {
    expect(saidOf(schema, input)).toEqual([said])
  })
})

describe('a value out of bounds', () => {
  test.each([
    [z.int().min(1), 0, 'must be at least 1, got 0'],
    [z.int().max(9), 10, 'must be at most 9, got 10'],
    [z.string().min(1), '', 'must not be empty, got ""'],
    [z.string().min(6), 'abc', 'must have at least 6 characters, got "abc"'],
    [z.string().max(2), 'abc', 'must have at most 2 characters, got "abc"'],
    [z.array(z.int()).min(1), [], 'must have at least 1 item, got []'],
    [z.array(z.int()).max(2), [1, 2, 3], 'must have at most 2 items, got [1,2,3]'],
    [z.int().min(0, 'must not be negative'), -1, 'must not be negative, got -1'],
  ])('is told the bound (%#)', (schema, input, said) => {
    expect(saidOf(schema, input)).toEqual([said])
  })
})

describe('a value that is none of a few', () => {
  test('is told all of them', () => {
    expect(saidOf(z.enum(['full', 'short']), 'long')).toEqual([
      'must be one of full, short, got "long"',
    ])
  })

  test('is told the only one', () => {
    expect(saidOf(z.literal(1), 2)).toEqual(['must be 1, got 2'])
  })
})

describe('a value that is not there', () => {
  test('is missing', () => {
    const schema = z.object({ name: z.string(), sex: z.enum(['male', 'female']) })

    expect(saidOf(schema, {})).toEqual(['name: is missing', 'sex: is missing: one of male, female'])
  })
})

describe('an option that nobody knows', () => {
  const schema = z.object({ people: z.array(strictObject({ birthdate: z.string().optional() })) })

  test('is refused at its own place, with the nearest', () => {
    expect(saidOf(schema, { people: [{}, { brithdate: 'x' }] })).toEqual([
      'people.1.brithdate: "brithdate" is not an option. Did you mean "birthdate"?',
    ])
  })

  test('is a problem of its own beside another', () => {
    expect(saidOf(schema, { people: [{ brithdate: 'x', 'a\nb': 1 }] })).toEqual([
      'people.0.brithdate: "brithdate" is not an option. Did you mean "birthdate"?',
      'people.0.a\nb: "a\\nb" is not an option.',
    ])
  })
})

describe('an input that is read as far as it can be', () => {
  const schema = strictObject({
    id: z.string(),
    age: z.int().default(1),
    card: strictObject({ number: z.string() }).optional(),
  })
  const read = (input: unknown) => {
    const { value, problems, leftOut } = readPartly(schema, input, { id: 'nobody' })
    return { value, at: problems.map(({ path }) => path.join('.')), leftOut: [...leftOut] }
  }

  test('is whole when nothing is wrong with it', () => {
    expect(read({ id: 'a', card: { number: 'x' } })).toEqual({
      value: { id: 'a', age: 1, card: { number: 'x' } },
      at: [],
      leftOut: [],
    })
  })

  test('is whole but for its unknown keys', () => {
    const input = { id: 'a', colour: 1, card: { number: 'x', colour: 2 } }

    expect(read(input)).toEqual({
      value: { id: 'a', age: 1, card: { number: 'x' } },
      at: ['card.colour', 'colour'],
      leftOut: [],
    })
    expect(input.card.colour).toBe(2)
  })

  test('is without the keys that have a problem, or has something in their stead', () => {
    expect(read({ id: 5, age: 7, colour: 1, card: { number: 1 } })).toEqual({
      value: { id: 'nobody', age: 7 },
      at: ['colour', 'id', 'card.number'],
      leftOut: ['id', 'card'],
    })
  })

  test.each([5, null, undefined, 'x', []])('is nothing when it is %j', (input) => {
    expect(read(input)).toEqual({ value: undefined, at: [''], leftOut: [''] })
  })
})

describe('a value that fits none of several schemas', () => {
  const schema = z.union([z.string(), z.object({ vi: z.string() })], {
    error: 'must be a text or texts',
  })

  test('is told what the nearest of them misses', () => {
    expect(saidOf(schema, { vi: 5 })).toEqual(['vi: must be a string, got 5. Put it in quotes'])
  })

  test('is told the whole when it is near none', () => {
    expect(saidOf(schema, 5)).toEqual(['must be a text or texts, got 5'])
  })
})

describe('a value that is long', () => {
  test('is shown by its beginning', () => {
    const [said] = saidOf(z.int(), 'x'.repeat(1000))

    expect(said).toBe(`must be a number, got "${'x'.repeat(56)}…`)
  })
})
