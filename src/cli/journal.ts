import type { Command } from 'commander'
import type { JournalEntry, MockWorld } from '../index.ts'
import { callWorld, takeWorld } from './call-mock.ts'
import { followJournal } from './follow-journal.ts'
import { journalLine } from './journal-line.ts'
import { readPast, type JournalFlags } from './read-past.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples } from './settings-flags.ts'
import { wholeNumber } from './whole-number.ts'

/** `mock-vneid journal` */
export function addJournal(program: Command, finish: Finish): void {
  const command = program
    .command('journal')
    .description('what a world was asked, what it decided and why: one line an entry')
    .option('--follow', 'go on with what happens, until Ctrl-C')
    .option('--client <client_id>', 'only of this relying party')
    .option('--person <person>', 'only of this person: their id or number')
    .option('--sign-in <id>', 'only of this sign-in')
    .option('--endpoint <endpoint>', 'only at this endpoint, such as token or sign-in')
    .option(
      '--limit <n>',
      'how many of the past, the newest; 0 is none (default: all)',
      wholeNumber,
    )
    .addHelpText(
      'after',
      examples(
        'mock-vneid journal',
        'mock-vneid journal --follow --client my-portal',
        'mock-vneid journal --person child-13 --endpoint token --limit 1 --json',
        'mock-vneid journal --world my-test --json | jq -r .decided',
      ),
    )
    .action(async (flags: JournalFlags & { follow?: boolean }) =>
      finish(await callWorld(flags, (world) => journal(world, flags))),
    )
  takeWorld(command, 'print a JSON object a line')
}

async function journal(
  world: MockWorld,
  flags: JournalFlags & { follow?: boolean },
): Promise<ExitCode> {
  const print = (entry: JournalEntry) =>
    console.log(flags.json ? JSON.stringify(entry) : journalLine(entry))
  if (flags.follow) return followJournal(world, flags, print)
  const { entries } = await readPast(world, flags)
  for (const entry of entries) print(entry)
  return 0
}
