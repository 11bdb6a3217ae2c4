import type { Command } from 'commander'
import { didYouMean } from '../kernel/index.ts'

/** A command of several, one of which is meant where none is named. */
export function addGroup(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .hook('preSubcommand', (group) => {
      const [wanted = '-'] = group.args
      const known = group.commands.map((command) => command.name())
      if (wanted.startsWith('-') || known.includes(wanted)) return
      const hint = didYouMean(wanted, known) || `There are: ${known.join(', ')}.`
      group.error(`unknown command '${name} ${wanted}'\n(${hint.trim()})`)
    })
}
