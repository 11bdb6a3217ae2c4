import type { Command } from 'commander'
import type { ClockView, MockWorld } from '../index.ts'
import { callWorld, takeWorld, type CallFlags } from './call-mock.ts'
import { clockLine } from './clock-line.ts'
import { addGroup } from './command-group.ts'
import type { Finish } from './run.ts'
import { examples } from './settings-flags.ts'

type Clock = MockWorld['clock']

/** `mock-vneid clock` */
export function addClock(program: Command, finish: Finish): void {
  const group = addGroup(
    program,
    'clock',
    'read, freeze, set, advance or thaw the clock of a world',
  ).addHelpText(
    'after',
    examples(
      'mock-vneid clock',
      'mock-vneid clock freeze --at 2027-03-01',
      'mock-vneid clock set 2027-03-01T08:00 --world my-test',
      'mock-vneid clock advance 15m',
      'mock-vneid clock thaw --json',
    ),
  )
  const act = async (flags: CallFlags, turn: (clock: Clock) => Promise<ClockView>) =>
    finish(
      await callWorld(flags, async ({ clock }) => {
        const view = await turn(clock)
        console.log(flags.json ? JSON.stringify(view) : clockLine(view))
      }),
    )
  group
    .command('read', { isDefault: true })
    .description('what time it is (without a command, too)')
    .action((flags: CallFlags) => act(flags, (clock) => clock.read()))
  group
    .command('freeze')
    .description('make it stand still')
    .option('--at <moment>', 'an ISO date or date-time, in Viet Nam (default: now)')
    .action(({ at, ...flags }: CallFlags & { at?: string }) =>
      act(flags, (clock) => clock.freeze(at === undefined ? {} : { at })),
    )
  group
    .command('set')
    .description('set it to a moment; it goes on from there, unless it is frozen')
    .argument('<moment>', 'an ISO date or date-time, in Viet Nam')
    .action((to: string, flags: CallFlags) => act(flags, (clock) => clock.set({ to })))
  group
    .command('advance')
    .description('put it forward')
    .argument('<duration>', '90s, 15m, 2h, 3d, or milliseconds')
    .action((by: string, flags: CallFlags) =>
      act(flags, (clock) => clock.advance({ by: /^\d+$/.test(by) ? Number(by) : by })),
    )
  group
    .command('thaw')
    .description('let it go on from where it stands')
    .action((flags: CallFlags) => act(flags, (clock) => clock.thaw()))
  for (const command of group.commands) takeWorld(command, 'print it as JSON')
}
