/**
 * What happens inside Redis, each script as one step that nothing comes between. All keys begin with `KEYS[1]`:
 *
 * - `last`: the latest stamp. Stamps order invalidations: each is larger than the one before, and about the time in microseconds.
 * - `t:<tag>`: the stamp of the tag's last invalidation, or of a moment after it
 * - `e:<key>`: an entry `{ v: text, t: tags as JSON, s: mark, e: end, f: stale time }`, or a counter
 * - `l:<key>`: a lock
 * - `run`: which run of the server wrote all this
 */
const common = `
local P = KEYS[1]

local function text(n)
  return string.format('%.0f', n)
end

local function last_stamp()
  return tonumber(redis.call('GET', P .. 'last') or '0')
end

local function next_stamp()
  local time = redis.call('TIME')
  local last = last_stamp()
  local n = math.max(last + 1, time[1] * 1000000 + time[2])
  redis.call('SET', P .. 'last', text(n))
  return n, last
end

local function tell(tags, by)
  redis.call('PUBLISH', P .. 'news', '{"by":"' .. by .. '","tags":' .. tags .. '}')
end

local function stamp(tags, by)
  local n, last = next_stamp()
  for _, tag in ipairs(cjson.decode(tags)) do
    if string.sub(tag, 1, 1) == 'n' then redis.call('SET', P .. 't:' .. tag, text(n))
    else redis.call('SET', P .. 't:' .. tag, text(n), 'PX', 86400000) end
  end
  redis.call('PUBLISH', P .. 'news', '{"n":' .. text(n) .. ',"before":' .. text(last) .. ',"by":"' .. by .. '","tags":' .. tags .. '}')
  return text(n)
end

local function read(key)
  local kind = redis.call('TYPE', P .. 'e:' .. key).ok
  if kind ~= 'hash' then return false end
  local e = redis.call('HMGET', P .. 'e:' .. key, 'v', 't', 'e', 'f', 's')
  if e[2] ~= '[]' then
    for _, tag in ipairs(cjson.decode(e[2])) do
      local at = redis.call('GET', P .. 't:' .. tag)
      if not at or tonumber(at) > tonumber(e[5]) then return false end
    end
  end
  return e
end

local function keep_until(name, life)
  if life == '' then redis.call('PERSIST', name)
  else redis.call('PEXPIRE', name, life) end
end

-- A stamp lives an hour longer than what needs it. One that is gone makes entries invalid, never valid.
local function keep_stamps(tags, life)
  for _, tag in ipairs(tags) do
    local left = redis.call('PTTL', P .. 't:' .. tag)
    if life == '' then redis.call('PERSIST', P .. 't:' .. tag)
    elseif left >= 0 and left < life + 3600000 then redis.call('PEXPIRE', P .. 't:' .. tag, life + 3600000) end
  end
end
`

/**
 * `run, by` → the latest stamp. A server that began anew may have forgotten what it was told last, for it saves now and then, and so may one
 * that took another's place: nothing that was there is valid.
 */
const open = `
if redis.call('GET', P .. 'run') ~= ARGV[1] then
  redis.call('SET', P .. 'run', ARGV[1])
  return stamp('["n[]"]', ARGV[2])
end
return text(last_stamp())
`

/** `key…` → the valid entries. */
const read = `
local found = {}
for place, key in ipairs(ARGV) do found[place] = read(key) end
return found
`

/**
 * `key, tag, mode, mark, life, by, v, t, e, f` → 1 if it was written.
 *
 * Of a tag without a stamp nothing is known: it counts as invalidated at the latest of all invalidations.
 */
const write = `
local key, tag, mode, mark, life, by = unpack(ARGV)
local name = P .. 'e:' .. key
if mode == 'add' and read(key) then return 0 end
if mode == 'computed' and tonumber(redis.call('HGET', name, 's') or '0') > tonumber(mark) then return 0 end
local tags = cjson.decode(ARGV[8])
local is_valid = true
for _, one in ipairs(tags) do
  local at = tonumber(redis.call('GET', P .. 't:' .. one) or nil)
  if not at then
    at = last_stamp()
    redis.call('SET', P .. 't:' .. one, text(at), 'PX', 86400000)
  end
  if at > tonumber(mark) then is_valid = false end
end
if mode ~= 'computed' or is_valid then redis.call('DEL', name) end
if is_valid then
  redis.call('HSET', name, 's', mark, 'v', ARGV[7], 't', ARGV[8], 'e', ARGV[9], 'f', ARGV[10])
  keep_until(name, life)
  keep_stamps(tags, life)
end
if mode == 'set' then tell(cjson.encode({ tag }), by) end
return is_valid and 1 or 0
`

/** `tags, by, key…` → how many there were. */
const remove = `
local count = 0
for place = 3, #ARGV do
  local name = P .. 'e:' .. ARGV[place]
  if redis.call('TYPE', name).ok == 'string' or read(ARGV[place]) then count = count + 1 end
  redis.call('DEL', name)
end
tell(ARGV[1], ARGV[2])
return count
`

/** `key, tag, life, by, end` → 1 if there is such an entry. */
const touch = `
local key, tag, life, by, finish = unpack(ARGV)
local e = read(key)
if not e then return 0 end
if life ~= '' then
  life = life + e[4]
  finish = text(finish + e[4])
end
redis.call('HSET', P .. 'e:' .. key, 'e', finish)
keep_until(P .. 'e:' .. key, life)
keep_stamps(cjson.decode(e[2]), life)
tell(cjson.encode({ tag }), by)
return 1
`

/** `key, by, life` → the count. */
const increment = `
local name = P .. 'e:' .. ARGV[1]
local is_new = redis.call('EXISTS', name) == 0
local count = redis.call('INCRBY', name, ARGV[2])
if is_new and ARGV[3] ~= '' then redis.call('PEXPIRE', name, ARGV[3]) end
return count
`

/** `tags, by` → the stamp. */
const invalidate = `
return stamp(ARGV[1], ARGV[2])
`

/** `tag…` → their versions. One that is missing is made of the time, so that it is none that there was. */
const versions = `
local found = {}
for place, tag in ipairs(ARGV) do
  local time = redis.call('TIME')
  redis.call('SET', P .. 't:' .. tag, 'c' .. time[1] .. '-' .. time[2], 'NX')
  found[place] = redis.call('GET', P .. 't:' .. tag)
end
return found
`

/** `key, token` */
const unlock = `
if redis.call('GET', P .. 'l:' .. ARGV[1]) == ARGV[2] then redis.call('DEL', P .. 'l:' .. ARGV[1]) end
return 1
`

/** The scripts by name. */
export const scripts: Record<ScriptName, string> = {
  open: common + open,
  read: common + read,
  write: common + write,
  remove: common + remove,
  touch: common + touch,
  increment: common + increment,
  invalidate: common + invalidate,
  versions: common + versions,
  unlock: common + unlock,
}

export type ScriptName = 'open' | 'read' | 'write' | 'remove' | 'touch' | 'increment' | 'invalidate' | 'versions' | 'unlock'
