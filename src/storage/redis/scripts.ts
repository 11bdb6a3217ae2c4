/**
 * Reads a record, and with it the records that it names as related, and those that they name: a
 * code brings its grant and its session along, a page its sign-in and the person's wrong tries, in
 * one round trip. A name that begins with `@` is a pointer.
 *
 * KEYS[1] the world's prefix; ARGV[1] the name. Returns rows of name, key, value, expiry, claim,
 * group, version.
 */
export const readScript: string = `
local ns = KEYS[1]
local rows, seen = {}, {}
local function read(name, depth)
  if seen[name] then return end
  seen[name] = true
  local key = name
  if string.sub(name, 1, 1) == '@' then key = redis.call('GET', ns .. ':p:' .. string.sub(name, 2)) end
  local r = {}
  if key then r = redis.call('HMGET', ns .. ':r:' .. key, 'v', 'e', 'c', 'g', 'n', 'l') end
  if not r[1] then
    rows[#rows + 1] = { name, '', '', '', '', '', '' }
    return
  end
  rows[#rows + 1] = { name, key, r[1], r[2] or '', r[3] or '', r[4] or '', r[5] or '' }
  if depth == 2 or not r[6] then return end
  for _, related in ipairs(cjson.decode(r[6])) do read(related, depth + 1) end
end
read(ARGV[1], 0)
return rows
`

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
 * Checks every condition, then writes everything or nothing. Returns the verdict and Redis's time:
 * 0, the number of the condition that does not hold, or -1 when it is too late to write.
 *
 * KEYS[1] the world's prefix; ARGV[1] the operations as JSON; ARGV[2] now, by the world's clock;
 * ARGV[3] the commit's id; ARGV[4] until when it may be done, by the clock of Redis.
 */
export const commitScript: string = `
local ns, ops, now = KEYS[1], cjson.decode(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local redisMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local done = ns .. ':d:' .. ARGV[3]
if redis.call('EXISTS', done) == 1 then return { 0, redisMs } end
if redisMs > tonumber(ARGV[4]) then return { -1, redisMs } end

local function isAlive(e) return e and (e == '' or tonumber(e) > now) end
for i, op in ipairs(ops) do
  if op[1] == 'absent' or op[1] == 'version' or op[1] == 'claim' then
    local r = redis.call('HMGET', ns .. ':r:' .. op[2], 'e', 'n', 'c')
    local alive = isAlive(r[1])
    if op[1] == 'absent' and alive then return { i, redisMs } end
    if op[1] == 'version' and not (alive and r[2] == op[3]) then return { i, redisMs } end
    if op[1] == 'claim' and not (alive and not r[3]) then return { i, redisMs } end
  end
end

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
local function remove(name)
  local key = ns .. ':r:' .. name
  local r = redis.call('HMGET', key, 'g', 'p')
  forget(name, r[1], r[2])
  redis.call('DEL', key)
  redis.call('ZREM', ending, name)
end
local function put(name, value, expires, group, version, ttl, pointers, related)
  local key = ns .. ':r:' .. name
  local old = redis.call('HMGET', key, 'e', 'c', 'g', 'p')
  if old[1] then
    forget(name, old[3], old[4])
    redis.call('DEL', key)
    if expires == '' then redis.call('ZREM', ending, name) end
  end
  local fields = { 'v', value, 'e', expires }
  local function add(field, text)
    if text and text ~= '' then fields[#fields + 1] = field; fields[#fields + 1] = text end
  end
  add('g', group) add('n', version) add('c', isAlive(old[1]) and old[2]) add('p', pointers) add('l', related)
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
    redis.call('SADD', at, name)
    local left = redis.call('PTTL', at)
    if ttl ~= '' and (redis.call('SCARD', at) == 1 or (left ~= -1 and left < tonumber(ttl))) then
      redis.call('PEXPIRE', at, ttl)
    elseif ttl == '' then redis.call('PERSIST', at) end
  end
end
for _, op in ipairs(ops) do
  if op[1] == 'claim' then redis.call('HSET', ns .. ':r:' .. op[2], 'c', ARGV[2])
  elseif op[1] == 'put' then put(op[2], op[3], op[4], op[5], op[6], op[7], op[8], op[9])
  elseif op[1] == 'destroy' then remove(op[2])
  elseif op[1] == 'destroyGroup' then
    for _, name in ipairs(redis.call('SMEMBERS', ns .. ':g:' .. op[2])) do remove(name) end
    redis.call('DEL', ns .. ':g:' .. op[2])
  end
end
for _, name in ipairs(redis.call('ZRANGEBYSCORE', ending, '-inf', now - ${sweptAfterMs}, 'LIMIT', 0, ${sweptAtOnce})) do
  remove(name)
end
redis.call('PEXPIRE', ending, ${abandonedAfterMs})
redis.call('SET', done, '', 'PX', ${knownMs})
return { 0, redisMs }
`
