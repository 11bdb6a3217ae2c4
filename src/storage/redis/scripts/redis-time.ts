/**
 * In every script that writes: the time by the clock of Redis, as `redisMs` and in microseconds as
 * `micros`.
 */
export const redisTime: string = `
local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local redisMs = math.floor(micros / 1000)
`

/** What a script says that comes to be done when nobody waits for it any more, and does nothing. */
export const tooLate: number = -1
