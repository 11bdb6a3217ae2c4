/** Whether a text that could not be read may speak of somebody, by their id. */
export function mayNameIn(text: string): (id: string) => boolean {
  let words: ReadonlySet<string> | undefined
  return (id) => (words ??= new Set(text.match(/[a-z0-9-]+/g))).has(id)
}
