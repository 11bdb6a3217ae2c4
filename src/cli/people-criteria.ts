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
  command
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
  takeEither(
    command,
    'children',
    'parents or guardians of somebody younger than 14',
    'nobody’s parent or guardian',
  )
  return takeEither(
    command,
    'usable',
    'whose account can be used now',
    'whose account cannot be used now',
  )
}

/** A flag and its opposite. Of both, one is a mistake, and nobody can tell which. */
function takeEither(command: Command, name: string, purpose: string, opposite: string): Command {
  command.option(`--${name}`, purpose).option(`--no-${name}`, opposite)
  const said = new Set<string>()
  for (const flag of [name, `no-${name}`])
    command.on(`option:${flag}`, () => {
      if (said.add(flag).size > 1)
        command.error(`error: option '--${name}' cannot be used with option '--no-${name}'`)
    })
  return command
}

/** How many of them. */
export function takePage(command: Command, usual: number): Command {
  return command
    .option('--limit <count>', `how many at most, up to 1000 (default: ${usual})`, upToThousand)
    .option('--after <id>', 'go on after whom one knows')
}

function upToThousand(text: string): number {
  const count = wholeNumber(text)
  if (count <= 1000) return count
  throw new InvalidArgumentError('It must be at most 1000. With --after, more of them follow.')
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
