-- Consume with a lease, and acknowledge what came. Half of the requests are the one, half the other.
local taken = {}
function request()
  local id = table.remove(taken)
  if id then return wrk.format("POST", "/workflow/delivery/" .. id .. "/ack") end
  return wrk.format("GET", "/workflow/consume?lease=600")
end
function response(status, headers)
  local id = headers["Workflow-Delivery"]
  if status == 200 and id then taken[#taken + 1] = id end
end
