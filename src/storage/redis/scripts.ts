/**
 * Reads a record, and with it the records that it names as related: a code brings its grant and its
 * session along, in one round trip. A name that begins with `@` is a pointer.
 *
 * KEYS[1] the world's prefix; ARGV[1] the name. Returns rows of name, key, value, expiry, claim.
 */
export const readScript = `
local ns = KEYS[1]
local rows = {}
local function read(name)
  local key = name
  if string.sub(name, 1, 1) == '@' then key = redis.call('GET', ns .. ':p:' .. string.sub(name, 2)) end
  local r = {}
  if key then r = redis.call('HMGET', ns .. ':r:' .. key, 'v', 'e', 'c', 'l') end
  if not r[1] then
    rows[#rows + 1] = { name, '', '', '', '' }
    return nil
  end
  rows[#rows + 1] = { name, key, r[1], r[2] or '', r[3] or '' }
  return r[4]
end
local related = read(ARGV[1])
if related then for _, name in ipairs(cjson.decode(related)) do read(name) end end
return rows
`

/**
 * Checks every condition, then writes everything or nothing. Returns 0, or the number of the
 * condition that does not hold.
 *
 * KEYS[1] the world's prefix; ARGV[1] the operations as JSON; ARGV[2] now, by the world's clock.
 */
export const commitScript = `
local ns, ops, now = KEYS[1], cjson.decode(ARGV[1]), tonumber(ARGV[2])
local function alive(key)
  local e = redis.call('HGET', ns .. ':r:' .. key, 'e')
  return e and (e == '' or tonumber(e) > now)
end
for i, op in ipairs(ops) do
  local key = ns .. ':r:' .. op[2]
  if op[1] == 'absent' and alive(op[2]) then return i end
  if op[1] == 'version' and not (alive(op[2]) and redis.call('HGET', key, 'n') == op[3]) then return i end
  if op[1] == 'claim' and not (alive(op[2]) and redis.call('HEXISTS', key, 'c') == 0) then return i end
end
local function lasting(key, ttl)
  if ttl == '' then redis.call('PERSIST', key) return end
  local left = redis.call('PTTL', key)
  if left ~= -1 and left < tonumber(ttl) then redis.call('PEXPIRE', key, ttl) end
end
local function remove(name)
  local key = ns .. ':r:' .. name
  local r = redis.call('HMGET', key, 'g', 'p')
  if r[1] then redis.call('SREM', ns .. ':g:' .. r[1], name) end
  if r[2] then
    for _, pointer in ipairs(cjson.decode(r[2])) do
      local at = ns .. ':p:' .. pointer
      if redis.call('GET', at) == name then redis.call('DEL', at) end
    end
  end
  redis.call('DEL', key)
end
local function put(name, value, expires, group, version, ttl, pointers, related)
  local key = ns .. ':r:' .. name
  local claimed = alive(name) and redis.call('HGET', key, 'c')
  remove(name)
  local fields = { 'v', value, 'e', expires }
  local function add(field, text)
    if text ~= '' then fields[#fields + 1] = field; fields[#fields + 1] = text end
  end
  add('g', group) add('n', version) add('c', claimed or '') add('p', pointers) add('l', related)
  redis.call('HSET', key, unpack(fields))
  if ttl ~= '' then redis.call('PEXPIRE', key, ttl) end
  if pointers ~= '' then
    for _, pointer in ipairs(cjson.decode(pointers)) do
      local at = ns .. ':p:' .. pointer
      if ttl == '' then redis.call('SET', at, name) else redis.call('SET', at, name, 'PX', ttl) end
    end
  end
  if group ~= '' then
    local at = ns .. ':g:' .. group
    local isNew = redis.call('EXISTS', at) == 0
    redis.call('SADD', at, name)
    if isNew and ttl ~= '' then redis.call('PEXPIRE', at, ttl) else lasting(at, ttl) end
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
return 0
`
