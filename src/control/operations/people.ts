import * as z from 'zod'
import { limit, person, text } from './fields.ts'
import { operation } from './operation.ts'
import { criteriaSchema, newPersonSchema, personViewSchema, personWishesSchema } from './rooms.ts'
import type { Operations } from './table.ts'
import type { OperationName } from './types.ts'

const after = person.describe('The id after which to go on.').exactOptional()
const criteria = criteriaSchema.describe('Whom one looks for: anybody, without.').exactOptional()

export const people: Pick<Operations, Extract<OperationName, `people.${string}`>> = {
  'people.create': operation('people.create', {
    at: 'POST /people',
    summary:
      'Adds a person. What is left out is chosen so that the law holds; nobody else changes.',
    boundTo: 'nothing',
    takes: { wishes: newPersonSchema },
    wholeBody: 'wishes',
    status: 201,
    gives: personViewSchema,
  }),
  'people.get': operation('people.get', {
    at: 'GET /people/{person}',
    summary: 'A person, as they are now.',
    boundTo: 'nothing',
    takes: { person },
    gives: personViewSchema,
  }),
  'people.list': operation('people.list', {
    at: 'GET /people',
    summary: 'The people of the file and those that were added, by id.',
    boundTo: 'nothing',
    takes: {
      limit: limit(1000, '100'),
      after,
    },
    gives: z.array(personViewSchema),
  }),
  'people.search': operation('people.search', {
    at: 'POST /search/people',
    summary:
      'Those who are as one looks for: first the people of the file and those that were added or changed, then the population.',
    boundTo: 'nothing',
    takes: {
      criteria,
      limit: limit(1000, '20'),
      after,
      seed: text.describe('Where in the population to begin.').exactOptional(),
    },
    gives: z.array(personViewSchema),
  }),
  'people.random': operation('people.random', {
    at: 'POST /search/person',
    summary:
      'One who is as one looks for, by chance: somebody of the population, where it has one.',
    boundTo: 'nothing',
    takes: {
      criteria,
      seed: text
        .describe('The same seed finds the same person. By chance without.')
        .exactOptional(),
    },
    gives: personViewSchema,
  }),
  'people.change': operation('people.change', {
    at: 'PATCH /people/{person}',
    summary:
      'Changes a person. What is left out stays; `null` takes something away. Sessions, refresh and userinfo follow at once.',
    boundTo: 'person',
    takes: { person, wishes: personWishesSchema },
    wholeBody: 'wishes',
    gives: personViewSchema,
  }),
  'people.remove': operation('people.remove', {
    at: 'DELETE /people/{person}',
    summary:
      'Takes a person out of the directory. What they hold ends at once: sessions, of which relying parties are told, tokens, consents and sign-ins that are under way.',
    boundTo: 'person',
    takes: { person },
  }),
}
