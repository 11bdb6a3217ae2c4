/**
 * What was changed in the table since an earlier answer: nothing, the changed keys, or all of it
 * when the earlier answer was of another table or older than what is remembered.
 *
 * KEYS[1] the world's prefix; ARGV[1] the table's epoch; ARGV[2] the number of its last change.
 * Returns both as they are now, whether this is all, and rows of key and value, which is empty for
 * a removed key.
 */
export const changesScript: string = `
local ns = KEYS[1]
local now = redis.call('HMGET', ns .. ':m', 'e', 'n', 'f')
local epoch, count = now[1] or '', now[2] or '0'
if epoch == ARGV[1] and count == ARGV[2] then return { epoch, count, 0, {} } end
local known = tonumber(ARGV[2])
local isWhole = epoch ~= ARGV[1] or known > tonumber(count) or known < tonumber(now[3] or '0')
local keys = redis.call('ZRANGEBYSCORE', ns .. ':c', isWhole and '-inf' or '(' .. ARGV[2], '+inf')
local rows = {}
for first = 1, #keys, 1000 do
  local last = math.min(first + 999, #keys)
  local values = redis.call('HMGET', ns .. ':t', unpack(keys, first, last))
  for i = first, last do
    local value = values[i - first + 1]
    if value or not isWhole then rows[#rows + 1] = { keys[i], value or '' } end
  end
end
return { epoch, count, isWhole and 1 or 0, rows }
`
