/** Why a text is no JSON, and on which line. Not every message of the engine says where. */
export function jsonFaultOf(text: string): { message: string; line: number } {
  const fault = faultOf(text) ?? { message: '', at: undefined }
  const position = fault.at ?? firstFault(text)
  return {
    // It may quote what stands around, over several lines.
    message: fault.message.replace(/, (?:\.{3})?".*$/s, ''),
    line: text.slice(0, position).split('\n').length,
  }
}

function faultOf(text: string): { message: string; at: number | undefined } | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const { message } = error as Error
    const [, position] = /at position (\d+)/.exec(message) ?? []
    return { message, at: position === undefined ? undefined : Number(position) }
  }
}

/** How long a text is at least that has the fault in it, rather than that it ends too early. */
function firstFault(text: string): number {
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isCutOff(text.slice(0, middle))) low = middle + 1
    else high = middle
  }
  return low
}

function isCutOff(text: string): boolean {
  const fault = faultOf(text)
  if (fault === undefined) return true
  return fault.at === undefined
    ? fault.message === 'Unexpected end of JSON input'
    : fault.at >= text.length
}
