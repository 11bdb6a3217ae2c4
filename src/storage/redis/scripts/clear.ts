import { redisTime, tooLate } from './redis-time.ts'

/**
 * Forgets everything of a world: the table (unless it is to stay) and the logs at once, and records
 * so many at a time. What is left are the numbers of commits, for seconds.
 *
 * KEYS[1] the world's prefix; ARGV[1] how many records; ARGV[2] until when it may be done, by the
 * clock of Redis; ARGV[3] 'all' or 'all but the table'. Returns whether there are more, and Redis's
 * time.
 */
export const clearScript: string = `
${redisTime}
if redisMs > tonumber(ARGV[2]) then return { ${tooLate}, redisMs } end
local ns, left = KEYS[1], tonumber(ARGV[1])
for _, log in ipairs(redis.call('SMEMBERS', ns .. ':j')) do redis.call('UNLINK', ns .. ':l:' .. log) end
local others = ARGV[3] == 'all' and { 'j', 'u', 't', 'c', 'z', 'm' } or { 'j' }
for _, one in ipairs(others) do redis.call('UNLINK', ns .. ':' .. one) end
local function forget(name)
  local r = redis.call('HMGET', ns .. ':r:' .. name, 'g', 'p')
  redis.call('DEL', ns .. ':r:' .. name)
  if r[1] then redis.call('DEL', ns .. ':g:' .. r[1]) end
  if r[2] then
    for _, pointer in ipairs(cjson.decode(r[2])) do redis.call('DEL', ns .. ':p:' .. pointer) end
  end
end
for _, kind in ipairs(redis.call('HKEYS', ns .. ':o')) do
  local index = ns .. ':k:' .. kind
  local names = redis.call('ZRANGE', index, 0, left - 1)
  for _, name in ipairs(names) do forget(name) end
  redis.call('ZREMRANGEBYRANK', index, 0, left - 1)
  left = left - #names
  if left <= 0 then return { 1, redisMs } end
  redis.call('HDEL', ns .. ':o', kind)
end
redis.call('DEL', ns .. ':x')
return { 0, redisMs }
`
