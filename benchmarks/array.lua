-- POST of an array of the body of post.lua, as many times as the argument says.
function init(args)
  local one = '{"data": {"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}, "steps": ["validate", "send"]}'
  local all = {}
  for i = 1, tonumber(args[1]) do all[i] = one end
  wrk.method = "POST"
  wrk.path = "/workflow"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = "[" .. table.concat(all, ",") .. "]"
  request = function() return wrk.format() end
end
