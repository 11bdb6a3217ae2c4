import * as z from 'zod'
import { strictObject } from '../../kernel/index.ts'
import type { Answer } from '../../signin/index.ts'
import { person } from './fields.ts'
import type { WireAnswer } from './types.ts'

const word = z.string().max(2000)

const withholds = z
  .array(word)
  .max(100)
  .describe('Optional claims that the person keeps back: none, without.')
  .exactOptional()

/** The forms that an answer can have, by what it answers. */
const forms: Readonly<Record<Answer['step'], readonly z.ZodType<Answer>[]>> = {
  'select-account': [strictObject({ step: z.literal('select-account'), isSame: z.boolean() })],
  identify: [strictObject({ step: z.literal('identify'), number: word, password: word })],
  'second-factor': [
    strictObject({ step: z.literal('second-factor'), code: word }),
    strictObject({ step: z.literal('second-factor'), resend: z.enum(['app', 'sms']) }),
  ],
  role: [strictObject({ step: z.literal('role'), subjectId: word })],
  face: [strictObject({ step: z.literal('face') })],
  consent: [
    strictObject({ step: z.literal('consent'), agrees: z.boolean(), withholds }),
    strictObject({ step: z.literal('consent'), refuses: z.literal(true) }),
  ],
  passcode: [strictObject({ step: z.literal('passcode'), passcode: word })],
  cancel: [strictObject({ step: z.literal('cancel') })],
}

const byPerson = strictObject({ as: person })

const { $schema: _, ...described } = z.toJSONSchema(
  z.union([...Object.values(forms).flat(), byPerson]),
)

type RawIssue = Parameters<z.RefinementCtx['addIssue']>[0]

/** What is wrong with an answer is said of the form that was meant, and not of all that there are. */
export const answer: z.ZodType<WireAnswer> = z
  .custom<WireAnswer>()
  .superRefine((value: unknown, context) => {
    const { issues = [] } = formMeant(value).safeParse(value).error ?? {}
    for (const issue of issues) context.addIssue({ ...issue, input: value } as RawIssue)
  })
  .meta({ id: 'Answer', ...described })

function formMeant(value: unknown): z.ZodType {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return noAnswer
  if ('as' in value) return byPerson
  const { step } = value as { step?: unknown }
  if (typeof step !== 'string' || !Object.hasOwn(forms, step)) return stepNeeded
  const [first, ...others] = forms[step as Answer['step']]
  return others.length === 0 ? first! : z.union([first!, ...others])
}

const stepNeeded = z.object({ step: z.enum(Object.keys(forms)) })

const noAnswer = z.never({
  error:
    'must be {"as": "<person>"}, or the answer of a step, such as {"step": "second-factor", "code": "123456"}',
})
