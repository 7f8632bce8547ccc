-- Publishes the data of post.lua to a durable queue over RabbitMQ's management API, which answers once the broker has confirmed it.
wrk.method = "POST"
wrk.path = "/api/exchanges/%2F/amq.default/publish"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Basic Z3Vlc3Q6Z3Vlc3Q="
wrk.body = '{"properties": {"delivery_mode": 2}, "routing_key": "peer", "payload_encoding": "string", ' ..
  '"payload": "{\\"name\\": \\"Ada Lovelace\\", \\"age\\": 36, \\"address\\": {\\"city\\": \\"London\\", \\"zip\\": \\"NW1\\"}}"}'
