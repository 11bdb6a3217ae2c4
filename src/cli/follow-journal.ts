import type { JournalEntry, MockWorld } from '../index.ts'
import { MockVneidError } from '../kernel/index.ts'
import { readPast, type JournalFlags, type Past } from './read-past.ts'
import type { ExitCode } from './run.ts'
import { untilTold } from './signals.ts'

/** There is nothing more to follow. */
class MockGone extends MockVneidError {
  override readonly code = 'ERR_MOCK_UNREACHABLE'
  readonly url: string

  constructor(url: string, cause?: unknown) {
    super(`${url} is gone: the mock was stopped, or its world ended. Start it, and follow again.`, {
      cause,
    })
    this.url = url
  }
}

/**
 * Prints what happened and goes on with what happens, until Ctrl-C or until nobody reads on.
 *
 * @throws {@link MockGone} When the mock ends before.
 */
export async function followJournal(
  world: MockWorld,
  flags: JournalFlags,
  print: (entry: JournalEntry) => void,
): Promise<ExitCode> {
  const end = new AbortController()
  const stop = () => end.abort()
  void untilTold().then(stop)
  process.stdout.once('error', stop)
  try {
    const events = world.events({ signal: end.signal }) // first, so that nothing falls in between
    const past = await readPast(world, flags)
    const printed = new Set(past.entries.map(({ id }) => id))
    past.entries.forEach(print)
    for await (const entry of entriesIn(events, world))
      if (!printed.has(entry.id) && isWanted(entry, flags, past)) print(entry)
    if (end.signal.aborted) return 0
    throw new MockGone(world.issuer)
  } finally {
    stop()
  }
}

async function* entriesIn(
  events: ReturnType<MockWorld['events']>,
  { issuer }: MockWorld,
): AsyncGenerator<JournalEntry> {
  try {
    for await (const event of events) if (event.type === 'journal') yield event.entry
  } catch (error) {
    throw error instanceof MockVneidError ? new MockGone(issuer, error) : error
  }
}

function isWanted(
  entry: JournalEntry,
  { client, signIn, endpoint }: JournalFlags,
  { personId }: Past,
): boolean {
  return (
    (client === undefined || entry.clientId === client) &&
    (personId === undefined || entry.personId === personId) &&
    (signIn === undefined || entry.signInId === signIn) &&
    (endpoint === undefined || entry.endpoint === endpoint)
  )
}
