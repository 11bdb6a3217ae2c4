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
