import { Option, type Command } from 'commander'
import type { PackFormat } from '../config/index.ts'
import type { Person } from '../index.ts'
import { addGroup } from './command-group.ts'
import { checkPeopleFiles } from './people-check.ts'
import { criteriaIn, takeCriteria, takePage, type CriteriaFlags } from './people-criteria.ts'
import { explainNumber } from './people-explain.ts'
import { exportPeople } from './people-export.ts'
import { peopleRows, personLines } from './people-rows.ts'
import { askPeople, takeSource, type PeopleSource, type SourceFlags } from './people-source.ts'
import { printableLines } from './printable.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples, takeSettings } from './settings-flags.ts'

interface PageFlags extends SourceFlags {
  limit?: number
  after?: string
}

type SearchFlags = PageFlags & CriteriaFlags & { seed?: string }

/** `mock-vneid people` */
export function addPeople(program: Command, finish: Finish): void {
  const group = addGroup(
    program,
    'people',
    'list, search, show or export people, explain a number, check files of people',
  ).addHelpText(
    'after',
    examples(
      'mock-vneid people',
      'mock-vneid people search --age 13 --level 1 --province "Lào Cai" --limit 5',
      'mock-vneid people show child-13 --url http://localhost:3006',
      'mock-vneid people explain 001190012345',
      'mock-vneid people check my-people.csv my-people.yaml',
      'mock-vneid people export --age 60- --limit 50 --format csv > elderly.csv',
    ),
  )
  addReading(group, finish)
  addFiles(group, finish)
}

function addReading(group: Command, finish: Finish): void {
  const list = group
    .command('list', { isDefault: true })
    .description(
      'the people of files, and those that were added or changed (without a command, too)',
    )
    .action(async (flags: PageFlags) =>
      finish(
        await askPeople(flags, async (people) => print(await people.list(pageIn(flags)), flags)),
      ),
    )
  const search = group
    .command('search')
    .description('those who are as you say, of files and of the population')
    .option('--seed <seed>', 'where in the population to begin: other people first')
    .addHelpText(
      'after',
      examples(
        'mock-vneid people search --age 13 --level 1 --province "Lào Cai"',
        'mock-vneid people search --state not-activated --children --seed 7 --json',
      ),
    )
    .action(async (flags: SearchFlags) =>
      finish(await askPeople(flags, async (people) => find(people, flags, print))),
    )
  const show = group
    .command('show')
    .description('all there is to know of somebody')
    .argument('<person>', 'their id or number')
    .action(async (who: string, flags: SourceFlags) =>
      finish(
        await askPeople(flags, async (people) => {
          const person = await people.get(who)
          console.log(flags.json ? JSON.stringify(person) : printableLines(personLines(person)))
        }),
      ),
    )
  takePage(list, 100)
  takePage(takeCriteria(search), 20)
  for (const command of [list, search, show]) takeSource(command, 'print it as JSON')
}

function addFiles(group: Command, finish: Finish): void {
  group
    .command('explain')
    .description('what a personal number says, real or made up')
    .argument('<number>', 'twelve digits')
    .option('--json', 'print it as JSON')
    .addHelpText('after', examples('mock-vneid people explain 001190012345'))
    .action((number: string, flags: { json?: boolean }) => {
      console.log(explainNumber(number, flags.json === true))
      finish(0)
    })
  const check = group
    .command('check')
    .description('say everything that is wrong with files of people; ends with 1 if anything is')
    .argument('<file...>', 'YAML, JSON or CSV')
    .option('--json', 'print it as JSON')
    .addHelpText('after', examples('mock-vneid people check my-people.csv my-people.yaml'))
    .action((files: string[], flags: SourceFlags) => finish(checkPeopleFiles(files, flags)))
  takeSettings(check, ['people', 'real_number_prefixes'])
  const exported = group
    .command('export')
    .description(
      'print people as a file that --people takes; with their parents, guardians and organisations. ' +
        'Given back, whom the configuration tells of alike is there once',
    )
    .addOption(new Option('--format <format>').choices(['yaml', 'json', 'csv']).default('yaml'))
    .option('--seed <seed>', 'where in the population to begin: other people first')
    .addHelpText(
      'after',
      examples(
        'mock-vneid people export --age 6-13 --limit 30 --seed 7 > children.yaml',
        'mock-vneid people export --format csv --url http://localhost:3006 > people.csv',
      ),
    )
    .action(async (flags: SearchFlags & { format: PackFormat }) =>
      finish(
        await askPeople(flags, async (people) =>
          find(people, flags, async (found) => {
            process.stdout.write(await exportPeople(found, people, flags.format))
          }),
        ),
      ),
    )
  takePage(takeCriteria(exported), 100)
  takeSource(exported, 'tell what is refused as JSON')
}

/** Without criteria, those that are listed. */
async function find(
  people: PeopleSource,
  flags: SearchFlags,
  tell: (found: readonly Person[], flags: SearchFlags) => void | Promise<void>,
): Promise<ExitCode> {
  const read = criteriaIn(flags)
  if ('wrong' in read) {
    console.error(read.wrong)
    return 2
  }
  const { seed, format } = flags as SearchFlags & { format?: string }
  const isList = format !== undefined && Object.keys(read.criteria).length === 0
  const page = pageIn(flags, format === undefined ? 20 : 100)
  await tell(
    isList
      ? await people.list(page)
      : await people.search(read.criteria, { ...page, ...(seed !== undefined && { seed }) }),
    flags,
  )
  return 0
}

const pageIn = ({ limit, after }: PageFlags, usual = 100) => ({
  limit: limit ?? usual,
  ...(after !== undefined && { after }),
})

function print(people: readonly Person[], { json }: SourceFlags): void {
  if (json) console.log(JSON.stringify(people))
  else if (people.length === 0) console.log('nobody.')
  else console.log(printableLines(peopleRows(people)))
}
