import { MockVneidError, packageRoot } from '../kernel/index.ts'

/** An error as a log may show it. */
export interface ErrorDescribed {
  name: string
  message: string
  code?: string
  /** Codes of what caused it, the nearest first: `ECONNREFUSED`. Words only of our own errors. */
  causes?: string[]
  /** Where in our own code it came from, the innermost first. */
  at?: string[]
}

const longestMessage = 500
const mostFrames = 12
const mostCauses = 5

/**
 * What of an error helps to find it, and nothing it was about: libraries hang requests, claims and
 * spent codes on their errors and on the causes of these, which nobody should read in a log.
 */
export function describeError(error: unknown): ErrorDescribed {
  if (!(error instanceof Error)) return { name: typeof error, message: 'was thrown' }
  const code = codeOf(error)
  const causes = causesOf(error)
  const at = ourFrames(error.stack ?? '')
  return {
    name: error.name,
    message: oneLine(error.message),
    ...(code === undefined ? {} : { code }),
    ...(causes.length === 0 ? {} : { causes }),
    ...(at.length === 0 ? {} : { at }),
  }
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : undefined
}

function causesOf(error: Error): string[] {
  const causes: string[] = []
  let { cause } = error
  for (let depth = 0; depth < mostCauses && cause instanceof Error; depth++) {
    const code = codeOf(cause) ?? cause.name
    causes.push(cause instanceof MockVneidError ? `${code}: ${oneLine(cause.message)}` : code)
    ;({ cause } = cause)
  }
  return causes
}

/** A message may run over several lines, and only what follows it are frames. */
function ourFrames(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .filter((line) => line.includes(packageRoot) && !line.includes('node_modules'))
    .slice(0, mostFrames)
    .map((line) =>
      line
        .trim()
        .slice('at '.length)
        .replace(/(?:file:\/\/)?([^\s(]*)/g, (place) =>
          place.replace('file://', '').replace(`${packageRoot}/`, ''),
        ),
    )
}

/** Longer ones quote what was sent. */
function oneLine(message: string): string {
  const line = message.replaceAll(/\p{Cc}+/gu, ' ')
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line
}
