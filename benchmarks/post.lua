-- POST of one small workflow; with an argument, so many in a second by each thread, whether they are answered or not.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds, micros; } moment;
  int gettimeofday(moment *now, void *zone);
]]

wrk.method = "POST"
wrk.path = "/workflow"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"data": {"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}, "steps": ["validate", "send"]}'

local now = ffi.new("moment")
local function millis()
  ffi.C.gettimeofday(now, nil)
  return tonumber(now.seconds) * 1000 + tonumber(now.micros) / 1000
end

function init(args)
  if not args[1] then return end
  local due, interval = millis(), 1000 / tonumber(args[1])
  delay = function()
    due = due + interval
    return math.max(0, math.floor(due - millis()))
  end
end
