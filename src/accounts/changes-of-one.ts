import { followChanges, type Changes, type Json } from '../kernel/index.ts'

/** Changes that are known to this process alone, and kept as long as somebody holds them. */
export function changesOfOne(): Changes {
  const untold: (readonly [key: string, value: Json])[] = []
  let told = 0
  return followChanges({
    change: async (entries, onlyAt) => {
      if (onlyAt !== undefined && Number(onlyAt) !== told + untold.length) return false
      untold.push(...Object.entries(entries))
      return true
    },
    // Whoever asks has heard all that was before, and nobody else asks.
    changesSince: async (at = '0') => {
      untold.splice(0, Number(at) - told)
      told = Number(at)
      return { at: String(told + untold.length), isWhole: false, entries: [...untold] }
    },
  })
}
