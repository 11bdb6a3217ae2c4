import { isatty } from 'node:tty'

/** Ctrl-C lets requests in flight finish; a second one does not wait for them. */
export async function untilTold(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  await new Promise<void>((resolve) => {
    for (const signal of signals)
      process.once(signal, () => {
        for (const second of signals) process.once(second, () => process.exit(1))
        resolve()
      })
  })
}

export interface HangUp {
  /** What SIGHUP does from now on; until then, nothing. */
  does(what: () => void): void
  /** Resolves when the terminal that we were started from is gone: that sends SIGHUP too. */
  ofTheTerminal: Promise<void>
}

/** SIGHUP means "read your files again" to a server, and "nobody is there any more" in a terminal. */
export function onHangUp(): HangUp {
  const hadTerminal = isatty(1)
  let does: () => void = () => {}
  const ofTheTerminal = new Promise<void>((resolve) => {
    process.on('SIGHUP', () => {
      if (hadTerminal && !isatty(1)) resolve()
      else does()
    })
  })
  return {
    does: (what) => {
      does = what
    },
    ofTheTerminal,
  }
}
