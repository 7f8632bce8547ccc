-- POST of the same body, each with an Idempotency-Key of its own.
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init() count = 0; prefix = tostring(os.time()) .. "-" .. id .. "-" end
function request()
  count = count + 1
  return wrk.format("POST", "/workflow", {["Content-Type"] = "application/json", ["Idempotency-Key"] = prefix .. count},
    '{"data": {"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}, "steps": ["validate", "send"]}')
end
