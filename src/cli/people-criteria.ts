import { InvalidArgumentError, Option, type Command } from 'commander'
import { criteriaSchema } from '../accounts/index.ts'
import type { PeopleCriteria } from '../index.ts'
import { problemsOf } from '../kernel/index.ts'
import { wholeNumber } from './whole-number.ts'

export interface CriteriaFlags {
  age?: NonNullable<PeopleCriteria['age']>
  sex?: string
  kind?: string
  level?: string
  state?: string
  province?: string
  children?: boolean
  usable?: boolean
}

/** Which of the people, by what they are. */
export function takeCriteria(command: Command): Command {
  return command
    .option('--age <years>', 'whole years: 13, 6-13, 60-', ages)
    .addOption(new Option('--sex <sex>').choices(['male', 'female']))
    .addOption(new Option('--kind <kind>').choices(['citizen', 'foreigner']))
    .addOption(new Option('--level <level>', 'of the account').choices(['1', '2']))
    .addOption(
      new Option('--state <state>', 'of the account').choices([
        'not-activated',
        'active',
        'locked',
        'cancelled',
      ]),
    )
    .option('--province <name>', 'where they live, a province of today')
    .option('--children', 'parents or guardians of somebody younger than 14')
    .option('--no-children', 'nobody’s parent or guardian')
    .option('--usable', 'whose account can be used now')
    .option('--no-usable', 'whose account cannot be used now')
}

/** How many of them. */
export function takePage(command: Command, usual: number): Command {
  return command
    .option('--limit <count>', `how many at most, up to 1000 (default: ${usual})`, wholeNumber)
    .option('--after <id>', 'go on after whom one knows')
}

function ages(text: string): NonNullable<PeopleCriteria['age']> {
  const [, from = '', dash, to = ''] = /^(\d{0,3})(?:(-)(\d{0,3}))?$/.exec(text) ?? []
  if (from === '' && to === '')
    throw new InvalidArgumentError('It must be an age such as 13, or ages such as 6-13 or 60-.')
  if (dash === undefined) return Number(from)
  return { ...(from !== '' && { from: Number(from) }), ...(to !== '' && { to: Number(to) }) }
}

/** What the flags mean, or what is wrong with them. */
export function criteriaIn(flags: CriteriaFlags): { criteria: PeopleCriteria } | { wrong: string } {
  const { age, sex, kind, level, state, province, children, usable } = flags
  const wanted = { age, sex, kind, state, province, hasChildren: children, canSignIn: usable }
  const given = Object.entries({ ...wanted, level: level && Number(level) }).filter(
    ([, value]) => value !== undefined,
  )
  const input = Object.fromEntries(given)
  const read = criteriaSchema.safeParse(input)
  if (read.success) return { criteria: read.data }
  const [problem] = problemsOf(read.error, input)
  return { wrong: `--${problem!.path.join('.')} ${problem!.message}.` }
}
