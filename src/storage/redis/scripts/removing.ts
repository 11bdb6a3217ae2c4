/**
 * In every script that takes records away: `remove` does it, with everything that a record is found
 * by. `forget` lets go of its group and pointers alone. Goes by `ns`, the world's prefix.
 */
export const removing: string = `
local ending = ns .. ':x'
local function forget(name, group, pointers)
  if group then redis.call('SREM', ns .. ':g:' .. group, name) end
  if pointers then
    for _, pointer in ipairs(cjson.decode(pointers)) do
      local at = ns .. ':p:' .. pointer
      if redis.call('GET', at) == name then redis.call('DEL', at) end
    end
  end
end
local function kindOf(name) return string.match(name, '^[^:]*') end
local function remove(name)
  local key = ns .. ':r:' .. name
  local r = redis.call('HMGET', key, 'g', 'p')
  forget(name, r[1], r[2])
  redis.call('DEL', key)
  redis.call('ZREM', ending, name)
  redis.call('ZREM', ns .. ':k:' .. kindOf(name), name)
end
local function removeEnded(by, most)
  local names = redis.call('ZRANGEBYSCORE', ending, '-inf', by, 'LIMIT', 0, most)
  for _, name in ipairs(names) do remove(name) end
  return #names
end
`

/**
 * How long nothing is swept, in milliseconds, once the world's time is another, because a dump is
 * being loaded or the clock will be set back: who has not heard of that yet still writes by the
 * clock from before.
 */
const unsweptMs = 10_000

/** From now on, for a while, no commit sweeps. */
export const leaveUnswept: string = `redis.call('SET', ns .. ':u', '', 'PX', ${unsweptMs})`
