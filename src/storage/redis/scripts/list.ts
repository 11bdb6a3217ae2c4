/**
 * One page of the records of a kind, in the order in which they were first put. Names of records
 * that Redis itself has let go are struck out.
 *
 * KEYS[1] the world's prefix; ARGV[1] the kind; ARGV[2] the place of the last one that is known;
 * ARGV[3] how many. Returns the place of the last one of this page, nothing when there are no more,
 * and rows of name, value, expiry, claim, group, version, pointers, related.
 */
export const listScript: string = `
local ns = KEYS[1]
local index = ns .. ':k:' .. ARGV[1]
local count = tonumber(ARGV[3])
local names = redis.call('ZRANGEBYSCORE', index, '(' .. ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, count)
local rows = {}
for i = 1, #names, 2 do
  local r = redis.call('HMGET', ns .. ':r:' .. names[i], 'v', 'e', 'c', 'g', 'n', 'p', 'l')
  if r[1] then
    rows[#rows + 1] = { names[i], r[1], r[2] or '', r[3] or '', r[4] or '', r[5] or '', r[6] or '', r[7] or '' }
  else
    redis.call('ZREM', index, names[i])
  end
end
local isLast = #names < 2 * count
return { isLast and '' or names[#names], rows }
`
