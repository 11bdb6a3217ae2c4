import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'

/** What the pages of a sign-in show, as the settings file says it. */
export interface InteractionsSettings {
  test_data: boolean
}

/** The schema of `pages:` in the settings file. */
export const interactionsSettings: z.ZodType<InteractionsSettings> = strictObject({
  test_data: z
    .boolean()
    .default(true)
    .describe('Whether the personas and the codes just sent are shown beside the sign-in.'),
})
