const longest = 200

/** Words of another machine, in quotes, and no more of them than one can read. */
export function quote(text: string): string {
  const words = plain(text)
  return `"${words.length > longest ? `${words.slice(0, longest)}…` : words}"`
}

/** Fit for a terminal: no control characters, which could move the cursor or forge a line. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** Several names as one would say them: `a, b and c`. */
export function list(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
