import { InvalidArgumentError, Option, type Command } from 'commander'
import { readFileSync } from 'node:fs'
import type { MockWorlds, NewWorld, WorldView } from '../index.ts'
import { callMock, takeMock, type CallFlags } from './call-mock.ts'
import { clockLine } from './clock-line.ts'
import { addGroup } from './command-group.ts'
import type { Finish } from './run.ts'
import { examples } from './settings-flags.ts'
import { wholeNumber } from './whole-number.ts'

interface CreateFlags extends CallFlags, Omit<NewWorld, 'isFrozen'> {
  frozen?: boolean
}

/** `mock-vneid worlds` */
export function addWorlds(program: Command, finish: Finish): void {
  const group = addGroup(program, 'worlds', 'list, create or end worlds').addHelpText(
    'after',
    examples(
      'mock-vneid worlds',
      'mock-vneid worlds create --name my-test --at 2027-03-01 --frozen',
      'mock-vneid worlds create --seed 7 --json | jq -r .issuer',
      'mock-vneid worlds end my-test',
    ),
  )
  const act = async (flags: CallFlags, ask: (mock: MockWorlds) => Promise<void>) =>
    finish(await callMock(flags, ask))
  group
    .command('list', { isDefault: true })
    .description('which worlds there are (without a command, too)')
    .action((flags: CallFlags) =>
      act(flags, async ({ worlds }) => list(await worlds.list(), flags)),
    )
  takeBeginning(group.command('create'))
    .description('make another world, isolated from all others')
    .action((flags: CreateFlags) =>
      act(flags, async (mock) => {
        const made = await (await mock.world(beginningIn(flags))).describe()
        console.log(flags.json ? JSON.stringify(made) : inRows([made]))
      }),
    )
  group
    .command('end')
    .description('end a world and all that is in it')
    .argument('<name>')
    .action((name: string, flags: CallFlags) =>
      act(flags, async ({ worlds }) => {
        await worlds.end(name)
        console.log(flags.json ? JSON.stringify({ ended: name }) : `world "${name}" has ended.`)
      }),
    )
  for (const command of group.commands) takeMock(command, 'print it as JSON')
}

function list(worlds: readonly WorldView[], { json }: CallFlags): void {
  console.log(json ? JSON.stringify(worlds) : inRows(worlds))
}

function inRows(worlds: readonly WorldView[]): string {
  const width = (of: 'name' | 'issuer') => Math.max(...worlds.map((world) => world[of].length))
  const [names, issuers] = [width('name'), width('issuer')]
  return worlds
    .map(({ name, issuer, clock }) =>
      [name.padEnd(names), issuer.padEnd(issuers), clockLine(clock)].join('  '),
    )
    .join('\n')
}

/** Every way in which a world may begin. */
function takeBeginning(command: Command): Command {
  const from = ['file', 'none']
  return command
    .option('--name <name>', 'lower-case letters, digits and hyphens (default: made up)')
    .option('--seed <seed>', 'makes ids, codes and made-up people the same in every run')
    .option('--at <moment>', 'when its clock begins: an ISO date or date-time, in Viet Nam')
    .option('--frozen', 'its clock stands still from the beginning')
    .addOption(
      new Option('--stamps <time>', 'whose time stands in what it signs').choices([
        'real',
        'world',
      ]),
    )
    .addOption(new Option('--people <from>', 'who is there at first').choices(from))
    .addOption(new Option('--clients <from>', 'which relying parties are there').choices(from))
    .option('--keys <file>', 'the private keys (JWK Set) that sign in it', readKeys)
    .addOption(
      new Option('--journey <journey>', 'of relying parties that name none').choices([
        'full',
        'short',
      ]),
    )
    .addOption(
      new Option('--codes <codes>', 'fixed makes every code 000000').choices(['random', 'fixed']),
    )
    .option(
      '--idle-seconds <seconds>',
      'after how long unused it ends (default: 3600)',
      wholeNumber,
    )
}

function beginningIn(flags: CreateFlags): NewWorld {
  const { url: _url, token: _token, json: _json, frozen, ...beginning } = flags
  return frozen === undefined ? beginning : { ...beginning, isFrozen: frozen }
}

/** A JWK Set, as others keep their keys. RFC 7517 §5. */
function readKeys(file: string): Record<string, unknown>[] {
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys?: unknown }
    if (Array.isArray(keys)) return keys as Record<string, unknown>[]
  } catch (error) {
    throw new InvalidArgumentError(`It cannot be read: ${(error as Error).message}.`)
  }
  throw new InvalidArgumentError('It must be a JWK Set: {"keys": […]}.')
}
