wrk.method = "POST"
wrk.path = "/workflow"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"data": {"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}, "steps": ["validate", "send"]}'
