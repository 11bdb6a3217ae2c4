import { tombstonesKept } from '../../tombstones.ts'
import { redisTime, tooLate } from './redis-time.ts'
import { leaveUnswept, removing } from './removing.ts'

/**
 * How long a record may outlive its end in Redis, in milliseconds. What has ended by the world's
 * clock is swept by that clock; this only clears away worlds that nobody comes back to, and is
 * long, because a clock may stand still.
 */
export const abandonedAfterMs: number = 7 * 24 * 60 * 60 * 1000

/** How long a commit is known by its id, in milliseconds: longer than anybody sends it again. */
const knownMs = 10_000

/** How much of what has ended one commit clears away: more than a sign-in leaves. */
const sweptAtOnce = 20

/** How long what has ended is left alone, in milliseconds: replicas' clocks differ a little. */
const sweptAfterMs = 60_000

/**
 * How much longer than what it names an index of a kind is kept, in milliseconds: so that it need
 * not be told with each record.
 */
const indexSlackMs = 24 * 60 * 60 * 1000

/**
 * Checks every condition, then writes everything or nothing. Returns the verdict and Redis's time:
 * 0, the number of the condition that does not hold, or -1 when it is too late to write.
 *
 * KEYS[1] the world's prefix; ARGV[1] the operations as JSON; ARGV[2] now, by the world's clock;
 * ARGV[3] the commit's id; ARGV[4] until when it may be done, by the clock of Redis.
 */
export const commitScript: string = `
local ns, ops, now = KEYS[1], cjson.decode(ARGV[1]), tonumber(ARGV[2])
${redisTime}
local done = ns .. ':d:' .. ARGV[3]
if redis.call('EXISTS', done) == 1 then return { 0, redisMs } end
if redisMs > tonumber(ARGV[4]) then return { ${tooLate}, redisMs } end

local function isAlive(e) return e and (e == '' or tonumber(e) > now) end
for i, op in ipairs(ops) do
  if op[1] == 'absent' or op[1] == 'version' or op[1] == 'claim' then
    local r = redis.call('HMGET', ns .. ':r:' .. op[2], 'e', 'n', 'c')
    local alive = isAlive(r[1])
    if op[1] == 'absent' and alive then return { i, redisMs } end
    if op[1] == 'version' and not (alive and r[2] == op[3]) then return { i, redisMs } end
    if op[1] == 'claim' and not (alive and not r[3]) then return { i, redisMs } end
  elseif op[1] == 'unchanged' then
    local at = redis.call('HMGET', ns .. ':m', 'e', 'n')
    if (at[1] or '') ~= op[2] or (at[2] or '0') ~= op[3] then return { i, redisMs } end
  end
end

${removing}
-- What names records lasts as long as the longest of them: left is what PTTL said before it was written.
local function outlast(at, left, ttl, slack)
  if ttl == '' then
    if left ~= -1 then redis.call('PERSIST', at) end
    return left ~= -1
  end
  local isLonger = left == -2 or (left ~= -1 and left < tonumber(ttl))
  if isLonger then redis.call('PEXPIRE', at, tonumber(ttl) + slack) end
  return isLonger
end
-- Its place among its kind: a record that was there keeps it.
local function place(name, ttl, isNew)
  local kind = kindOf(name)
  local index, order = ns .. ':k:' .. kind, ns .. ':o'
  local indexLeft, orderLeft = redis.call('PTTL', index), redis.call('PTTL', order)
  if isNew then redis.call('ZADD', index, redis.call('HINCRBY', order, kind, 1), name) end
  if outlast(index, indexLeft, ttl, ${indexSlackMs}) then outlast(order, orderLeft, ttl, ${indexSlackMs}) end
end
local function put(name, value, expires, group, version, ttl, pointers, related)
  local key = ns .. ':r:' .. name
  local old = redis.call('HMGET', key, 'e', 'c', 'g', 'p')
  if old[1] then
    -- What had ended is another record.
    if isAlive(old[1]) then
      forget(name, old[3], old[4])
      redis.call('DEL', key)
      if expires == '' then redis.call('ZREM', ending, name) end
    else
      remove(name)
      old[1] = false
    end
  end
  place(name, ttl, not old[1])
  local fields = { 'v', value, 'e', expires }
  local function add(field, text)
    if text and text ~= '' then fields[#fields + 1] = field; fields[#fields + 1] = text end
  end
  add('g', group) add('n', version) add('c', old[1] and old[2]) add('p', pointers) add('l', related)
  redis.call('HSET', key, unpack(fields))
  if ttl ~= '' then
    redis.call('PEXPIRE', key, ttl)
    redis.call('ZADD', ending, expires, name)
  end
  if pointers ~= '' then
    for _, pointer in ipairs(cjson.decode(pointers)) do
      local at = ns .. ':p:' .. pointer
      if ttl == '' then redis.call('SET', at, name) else redis.call('SET', at, name, 'PX', ttl) end
    end
  end
  if group ~= '' then
    local at = ns .. ':g:' .. group
    local left = redis.call('PTTL', at)
    redis.call('SADD', at, name)
    outlast(at, left, ttl, 0)
  end
end
local function change(key, value)
  local meta, removed = ns .. ':m', ns .. ':z'
  if value == '' and redis.call('HEXISTS', ns .. ':t', key) == 0 then return end
  redis.call('HSETNX', meta, 'e', ARGV[3])
  local number = redis.call('HINCRBY', meta, 'n', 1)
  redis.call('ZADD', ns .. ':c', number, key)
  if value ~= '' then
    redis.call('HSET', ns .. ':t', key, value)
    redis.call('ZREM', removed, key)
    return
  end
  redis.call('HDEL', ns .. ':t', key)
  redis.call('ZADD', removed, number, key)
  if redis.call('ZCARD', removed) <= ${tombstonesKept} then return end
  local oldest = redis.call('ZPOPMIN', removed)
  redis.call('ZREM', ns .. ':c', oldest[1])
  redis.call('HSET', meta, 'f', oldest[2])
end
-- Of a new epoch, also where nothing will be in it: who followed the old one is told everything.
local function newTable()
  local meta = ns .. ':m'
  redis.call('UNLINK', ns .. ':t', ns .. ':c', ns .. ':z', meta)
  redis.call('HSET', meta, 'e', ARGV[3])
end
local function note(log, value, keepLast, i)
  local logs, at = ns .. ':j', ns .. ':l:' .. log
  local id = string.format('%.0f-%d', micros, i)
  local added = redis.pcall('XADD', at, 'MAXLEN', keepLast, id, 'j', value)
  -- The clock of Redis was put back: go on from the last one.
  if type(added) == 'table' then redis.call('XADD', at, 'MAXLEN', keepLast, '*', 'j', value) end
  redis.call('SADD', logs, log)
  redis.call('PEXPIRE', at, ${abandonedAfterMs})
  redis.call('PEXPIRE', logs, ${abandonedAfterMs})
end
for i, op in ipairs(ops) do
  if op[1] == 'claim' then redis.call('HSET', ns .. ':r:' .. op[2], 'c', ARGV[2])
  elseif op[1] == 'claimed' then redis.call('HSET', ns .. ':r:' .. op[2], 'c', op[3])
  elseif op[1] == 'put' then put(op[2], op[3], op[4], op[5], op[6], op[7], op[8], op[9])
  elseif op[1] == 'destroy' then remove(op[2])
  elseif op[1] == 'destroyGroup' then
    for _, name in ipairs(redis.call('SMEMBERS', ns .. ':g:' .. op[2])) do remove(name) end
    redis.call('DEL', ns .. ':g:' .. op[2])
  elseif op[1] == 'change' then change(op[2], op[3])
  elseif op[1] == 'newTable' then newTable()
  elseif op[1] == 'loading' then ${leaveUnswept}
  elseif op[1] == 'note' then note(op[2], op[3], op[4], i)
  elseif op[1] == 'forgetNotes' then redis.call('XTRIM', ns .. ':l:' .. op[2], 'MAXLEN', 0)
  end
end
if redis.call('EXISTS', ns .. ':u') == 0 then
  removeEnded(now - ${sweptAfterMs}, ${sweptAtOnce})
end
redis.call('PEXPIRE', ending, ${abandonedAfterMs})
redis.call('SET', done, '', 'PX', ${knownMs})
return { 0, redisMs }
`
