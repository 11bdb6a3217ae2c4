/** The lines of a text that comes bit by bit. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines.map((line) => line.replace(/\r$/, ''))
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

/** A value of JSON on each line. */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator {
  for await (const line of linesOf(bytes)) if (line !== '') yield JSON.parse(line)
}

/** The data of server-sent events, each of which is a value of JSON. HTML §9.2.6. */
export async function* readEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator {
  let data = ''
  for await (const line of linesOf(bytes)) {
    const [, text] = /^data: ?(.*)$/.exec(line) ?? []
    if (text !== undefined) data += text
    if (line !== '' || data === '') continue
    yield JSON.parse(data)
    data = ''
  }
}
