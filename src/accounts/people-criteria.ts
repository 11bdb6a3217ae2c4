import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'
import { accountState, age, kind, level, province, sex } from './person-values.ts'
import type { Criteria } from './population/index.ts'

const ages = strictObject({ from: age.exactOptional(), to: age.exactOptional() }).refine(
  ({ from = 0, to = Infinity }) => from <= to,
  { path: ['to'], error: 'must not be less than "from"' },
)

/** Whom one looks for; what is left out does not matter. */
export interface PeopleCriteria extends Criteria {
  /** Whether their account can be used now: active, with a valid card, and a child's be confirmed. */
  canSignIn?: boolean
}

/** The same, as somebody outside says it. */
export const criteriaSchema: z.ZodType<PeopleCriteria> = strictObject({
  age: z
    .union([age, ages], { error: 'must be whole years, or {"from": …, "to": …}' })
    .exactOptional(),
  sex: sex.exactOptional(),
  kind: kind.exactOptional(),
  level: level.exactOptional(),
  state: accountState.exactOptional(),
  province: province.exactOptional(),
  hasChildren: z.boolean().exactOptional(),
  canSignIn: z.boolean().exactOptional(),
})
