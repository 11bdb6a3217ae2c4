const offsetMs = 7 * 60 * 60 * 1000

/** A moment as clocks show it in Viet Nam, to the second. */
export function inVietNam(moment: string): string {
  return `${new Date(Date.parse(moment) + offsetMs).toISOString().slice(0, 19)}+07:00`
}
