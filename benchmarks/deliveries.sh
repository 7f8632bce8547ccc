#!/usr/bin/env bash
# Measures what leases, delivery rows, request keys and long polls cost, each beside what it is compared with.
#   ./mvnw -DskipTests package && benchmarks/deliveries.sh
# Needs wrk; with RabbitMQ installed it also measures a long poll on another instance. Some six minutes, on loopback.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$here/../bootstrap/target/workflow.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
options=(${JAVA_OPTIONS:-@${jar%.jar}.options})
seconds=${SECONDS_EACH:-8}
rounds=${ROUNDS:-3}
folder=$(mktemp -d)
port=${PORT:-18082}
export DRAIN_DELAY=0s
pids=()

say() { printf '%s\n' "$*"; }
progress() { printf '%s\n' "... $*" >&2; }
finish() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done; rm -rf "$folder"; }
trap finish EXIT

# Starts an instance on a port, with more variables for its environment.
start() {
  local at=$1; shift
  (cd "$folder" && exec env PORT="$at" "$@" "$java" "${options[@]}" -jar "$jar" >>"service.$at.log" 2>&1) &
  pids+=($!)
  until curl -sf -o /dev/null "localhost:$at/health/readiness"; do
    kill -0 "${pids[-1]}" || { cat "$folder/service.$at.log" >&2; exit 1; }
    sleep 0.05
  done
}
memory() { awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$1/status"; }
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
ratio() { awk "BEGIN {printf \"%.2f\", $1 / $2}"; }
load() { wrk -t 2 -c 64 -d "${2}s" ${3:+-s "$here/$3"} "http://localhost:$port$1" | awk '/Requests\/sec/ {print int($2)}'; }
# Fills the queue, so that consumers always find something.
fill() { progress "filling"; load / "$1" post.lua >/dev/null; sleep 2; }

start "$port"
progress "warm-up, 25 s"
load / 15 post.lua >/dev/null
load /workflow/consume 5 >/dev/null
load / 5 leases.lua >/dev/null

for round in $(seq "$rounds"); do
  progress "POST with and without key, round $round of $rounds"
  load / "$seconds" post.lua >>"$folder/post"
  load / "$seconds" keyed.lua >>"$folder/keyed"
done
p=$(median <"$folder/post"); k=$(median <"$folder/keyed")
say "POST with an Idempotency-Key: $k/s, without: $p/s; ratio $(ratio "$k" "$p")"

for round in $(seq "$rounds"); do
  fill $((seconds * 2))
  progress "consume, round $round of $rounds"
  load /workflow/consume "$seconds" >>"$folder/final"
  load '/workflow/consume?delimiter=%3B' "$seconds" >>"$folder/rows"
  echo $(($(load / "$seconds" leases.lua) / 2)) >>"$folder/leases"
done
f=$(median <"$folder/final"); r=$(median <"$folder/rows"); l=$(median <"$folder/leases")
say "consume for good, without a delivery row: $f/s; with one: $r/s, ratio $(ratio "$r" "$f"); lease and ack: $l/s, ratio $(ratio "$l" "$f")"

progress "emptying the queue"
while [[ $(curl -s -o /dev/null -w '%{http_code}' "localhost:$port/workflow/consume?max=1000") != 204 ]]; do :; done
for waiters in 1 1000; do
  progress "long polls, $waiters waiting"
  before=$(memory "${pids[0]}")
  "$java" "$here/LongPolls.java" "http://localhost:$port" "http://localhost:$port" "$waiters" 300 >"$folder/polls" &
  polls=$!
  sleep 3; during=$(memory "${pids[0]}")
  wait "$polls"
  say "from POST to the answer on the same instance, $(cat "$folder/polls"); resident before $before MB, with them $during MB"
done

server=/usr/lib/rabbitmq/bin/rabbitmq-server
if [[ -x $server ]]; then
  progress "two instances and RabbitMQ"
  amqp=$((port + 3))
  mkdir "$folder/rabbit"
  printf 'listeners.tcp.local = 127.0.0.1:%s\n' "$amqp" >"$folder/rabbit/rabbitmq.conf"
  : >"$folder/rabbit/plugins"
  env HOME="$folder/rabbit" RABBITMQ_NODENAME="bench@localhost" RABBITMQ_NODE_PORT="$amqp" RABBITMQ_DIST_PORT=$((port + 4)) \
    RABBITMQ_MNESIA_BASE="$folder/rabbit" RABBITMQ_LOG_BASE="$folder/rabbit" RABBITMQ_PID_FILE="$folder/rabbit/pid" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$folder/rabbit/plugins" RABBITMQ_CONFIG_FILE="$folder/rabbit/rabbitmq.conf" \
    "$server" >"$folder/rabbit/out" 2>&1 &
  pids+=($!)
  until (echo >"/dev/tcp/127.0.0.1/$amqp") 2>/dev/null; do sleep 0.2; done
  # The first instance has its queue in memory and would take messages there: it goes, its PostgreSQL stays.
  # Exported, since other users can read the arguments of a process.
  export DATABASE_URL="postgres://postgres:$(cat "$folder/data/password")@localhost:$(cat "$folder/data/port")/postgres"
  kill -9 "${pids[0]}"; wait "${pids[0]}" 2>/dev/null || true
  pids[0]=$(head -1 "$(find "$folder/data" -name postmaster.pid)")
  start $((port + 1)) RABBITMQ_URI="amqp://guest:guest@localhost:$amqp"
  start $((port + 2)) RABBITMQ_URI="amqp://guest:guest@localhost:$amqp"
  for waiters in 1 1000; do
    for other in 1 2; do
      say "over RabbitMQ, $([[ $other == 1 ]] && echo the same || echo another) instance, $(
        "$java" "$here/LongPolls.java" "http://localhost:$((port + 1))" "http://localhost:$((port + other))" "$waiters" 200)"
    done
  done
fi
