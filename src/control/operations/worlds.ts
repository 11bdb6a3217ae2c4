import * as z from 'zod'
import * as field from './fields.ts'
import { operation } from './operation.ts'
import type { Operations } from './table.ts'
import { worldView } from './views.ts'

const name = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case letters, digits and single hyphens between them, such as "my-test"',
  )

export const worlds: Pick<
  Operations,
  | `worlds.${'create' | 'list' | 'get' | 'end'}`
  | 'describe'
  | 'snapshot'
  | 'restore'
  | 'reset'
  | 'end'
> = {
  'worlds.create': operation('worlds.create', {
    at: 'POST /worlds',
    summary:
      'Makes another world, isolated from all others. It ends by itself when it is not used.',
    boundTo: 'nothing',
    isRootOnly: true,
    takes: {
      name: name.describe('Stands in the issuer, `/w/<name>`. Made up, without.').exactOptional(),
      seed: field.text
        .max(200)
        .describe('Makes ids, codes and made-up people the same in every run.')
        .exactOptional(),
      at: field.moment.exactOptional(),
      isFrozen: z.boolean().describe('Whether its clock stands still.').exactOptional(),
      stamps: z
        .enum(['real', 'world'])
        .describe('Whose time stands in what is signed: `real` without.')
        .exactOptional(),
      people: z.enum(['file', 'none']).describe('`file` without.').exactOptional(),
      clients: z.enum(['file', 'none']).describe('`file` without.').exactOptional(),
      keys: z
        .array(field.record)
        .min(1)
        .max(20)
        .describe('Private keys (JWK) that sign here, in place of those that worlds inherit.')
        .exactOptional(),
      journey: field.journey.exactOptional(),
      codes: z
        .enum(['random', 'fixed'])
        .describe('`fixed` makes every code 000000.')
        .exactOptional(),
      idleSeconds: z
        .int()
        .min(1)
        .max(604_800)
        .describe('After how long without a request it ends: 3600 without.')
        .exactOptional(),
    },
    status: 201,
    gives: worldView,
  }),
  'worlds.list': operation('worlds.list', {
    at: 'GET /worlds',
    summary: 'All worlds, the default one first.',
    boundTo: 'nothing',
    isRootOnly: true,
    takes: {},
    gives: z.array(worldView),
  }),
  'worlds.get': operation('worlds.get', {
    at: 'GET /worlds/{world}',
    summary: 'A world, by its name.',
    boundTo: 'nothing',
    isRootOnly: true,
    takes: { world: field.world },
    gives: worldView,
  }),
  'worlds.end': operation('worlds.end', {
    at: 'DELETE /worlds/{world}',
    summary: 'Ends a world and all that is in it.',
    boundTo: 'world',
    isRootOnly: true,
    takes: { world: field.world },
  }),
  describe: operation('describe', {
    at: 'GET /world',
    summary: 'What this world is called and what time it is there.',
    boundTo: 'nothing',
    takes: {},
    gives: worldView,
  }),
  snapshot: operation('snapshot', {
    at: 'POST /snapshots',
    summary: 'Keeps everything as it is now, the clock too; of more than 20, the latest.',
    boundTo: 'nothing',
    takes: {},
    status: 201,
    gives: z.strictObject({ snapshot: z.string() }),
  }),
  restore: operation('restore', {
    at: 'POST /snapshots/{snapshot}/restore',
    summary: 'Makes everything as it was. Can be done again and again.',
    boundTo: 'world',
    takes: { snapshot: field.snapshot },
  }),
  reset: operation('reset', {
    at: 'POST /reset',
    summary: 'Makes everything as at the beginning, with the keys it has.',
    boundTo: 'world',
    takes: {},
  }),
  end: operation('end', {
    at: 'DELETE /world',
    summary: 'Ends this world and all that is in it. The default world cannot end.',
    boundTo: 'world',
    takes: {},
  }),
}
