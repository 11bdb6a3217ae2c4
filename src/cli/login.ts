import { Option, type Command } from 'commander'
import type { MockWorld, SignInOptions } from '../index.ts'
import { callWorld, takeWorld, type CallFlags } from './call-mock.ts'
import type { Finish } from './run.ts'
import { examples } from './settings-flags.ts'

interface LoginFlags extends CallFlags, Omit<SignInOptions, 'returns'> {
  codeOnly?: boolean
}

/** `mock-vneid login` */
export function addLogin(program: Command, finish: Finish): void {
  const command = program
    .command('login')
    .description('sign somebody in without a browser: tokens, claims and cookies as JSON')
    .requiredOption('--as <person>', 'who signs in: their id or number')
    .option('--client <client_id>', 'at which relying party (default: the only one, or test-rp)')
    .option('--role <id>', 'for whom: a child, ward or organisation of theirs')
    .option('--scope <scope>', 'what is asked for (default: "openid profile vneid")')
    .option('--acr <values>', 'the level that is asked for, as acr_values')
    .addOption(
      new Option('--journey <journey>', 'the steps of this sign-in').choices(['full', 'short']),
    )
    .option('--withholds <claims...>', 'what they keep back of what they may')
    .option('--code-only', 'stop at the code, for somebody else to redeem')
    .addHelpText(
      'after',
      examples(
        'mock-vneid login --as child-13 --client test-rp',
        'mock-vneid login --as guardian-of-two --role child-13 --scope "openid vneid:family"',
        'mock-vneid login --as locked || echo refused',
        'mock-vneid login --as adult-level-2 | jq -r .accessToken',
      ),
    )
    .action(async (flags: LoginFlags) =>
      finish(await callWorld(flags, (world) => login(world, flags))),
    )
  takeWorld(command, 'tell a refusal as JSON, too')
}

async function login(world: MockWorld, flags: LoginFlags): Promise<void> {
  const { url: _url, token: _token, world: _world, json: _json, codeOnly, ...options } = flags
  const result = await world.signIn({ ...options, returns: codeOnly ? 'code' : 'tokens' })
  const { journal: _journal, ...shown } = result // "mock-vneid journal --sign-in" has it
  console.log(JSON.stringify(shown, null, process.stdout.isTTY ? 2 : 0))
}
