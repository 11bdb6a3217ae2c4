import { redisTime, tooLate } from './redis-time.ts'
import { leaveUnswept, removing } from './removing.ts'

/**
 * Forgets what has ended by a moment of the world's clock, so much at a time.
 *
 * KEYS[1] the world's prefix; ARGV[1] how many; ARGV[2] until when it may be done, by the clock of
 * Redis; ARGV[3] the moment. Returns whether there may be more, and Redis's time.
 */
export const forgetEndedScript: string = `
local ns, most = KEYS[1], tonumber(ARGV[1])
${redisTime}
if redisMs > tonumber(ARGV[2]) then return { ${tooLate}, redisMs } end
${removing}
${leaveUnswept}
return { removeEnded(ARGV[3], most) == most and 1 or 0, redisMs }
`
