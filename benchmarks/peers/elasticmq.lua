-- Sends the data of post.lua to a queue of ElasticMQ, as clients of SQS do.
wrk.method = "POST"
wrk.path = "/000000000000/peer"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "Action=SendMessage&MessageBody=%7B%22name%22%3A%22Ada%20Lovelace%22%2C%22age%22%3A36%2C%22address%22%3A" ..
  "%7B%22city%22%3A%22London%22%2C%22zip%22%3A%22NW1%22%7D%7D"
