#!/usr/bin/env bash
# Measures the packaged jar with its embedded PostgreSQL, side by side with pgbench on the same server.
#   ./mvnw -DskipTests package && benchmarks/run.sh
# Needs wrk, pgbench and psql, and some ten minutes. Everything happens in a temporary folder and on loopback.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$here/../bootstrap/target/workflow.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
options=(${JAVA_OPTIONS:-@${jar%.jar}.options})
seconds=${SECONDS_EACH:-15}
rounds=${ROUNDS:-3}
connections=(${CONNECTIONS:-1 16 64})
folder=$(mktemp -d)
export PORT=${PORT:-18080} DRAIN_DELAY=0s
pid=

say() { printf '%s\n' "$*"; }
progress() { printf '%s\n' "... $*" >&2; }
stop() { [[ -z $pid ]] || { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; pid=; }; }
trap 'stop; rm -rf "$folder"' EXIT

# Starts the service; prints the milliseconds until the first 201.
start() {
  local began
  began=$(date +%s%N)
  (cd "$folder" && exec "$java" "${options[@]}" -jar "$jar" >>service.log 2>&1) &
  pid=$!
  until curl -sf -o /dev/null -H 'Content-Type: application/json' -d '{"data": 1}' "localhost:$PORT/workflow"; do
    kill -0 "$pid" || { cat "$folder/service.log" >&2; exit 1; }
    sleep 0.01
  done
  took=$((($(date +%s%N) - began) / 1000000))
}
rate() { awk '/Requests\/sec/ {print int($2)}'; }
threads() { (($1 < 2)) && echo 1 || echo 2; }
post() { wrk -t "$(threads "$1")" -c "$1" -d "${2}s" -s "$here/post.lua" "http://localhost:$PORT" | rate; }
consume() { wrk -t 2 -c "$1" -d "${2}s" "http://localhost:$PORT/workflow/consume" | rate; }
database() { psql -qAtX "postgresql://postgres@localhost:$(cat "$folder/data/port")/$1" -c "$2"; }
bare() {
  pgbench -n -M prepared -c "$1" -j "$(threads "$1")" -T "$2" -f "$folder/bare.sql" \
    "postgresql://postgres@localhost:$(cat "$folder/data/port")/bare" 2>/dev/null | awk '/^tps/ {print int($3)}'
}
memory() { awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status"; }
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

progress "start on an empty folder"
start; say "start to the first 201, empty folder: $took ms"
stop
for round in 1 2 3; do start; stop; echo "$took"; done | median >"$folder/warm"
say "start to the first 201, warm folder: $(cat "$folder/warm") ms (median of 3)"

start
database postgres "CREATE DATABASE bare"
database bare "CREATE TABLE bare (id uuid PRIMARY KEY, data jsonb NOT NULL, steps text[] NOT NULL)"
cat >"$folder/bare.sql" <<'SQL'
INSERT INTO bare VALUES (uuidv7(), '{"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}', '{validate,send}');
SQL
say "idle memory: $(memory) MB resident"
progress "warm-up, 25 s"
post 64 25 >/dev/null
for c in "${connections[@]}"; do
  for round in $(seq "$rounds"); do
    progress "$c connections, round $round of $rounds"
    post "$c" "$seconds" >>"$folder/post.$c"
    bare "$c" "$seconds" >>"$folder/bare.$c"
  done
  p=$(median <"$folder/post.$c"); b=$(median <"$folder/bare.$c")
  say "POST, $c connections: $p/s; pgbench inserting the bare row: $b/s; ratio $(awk "BEGIN {printf \"%.2f\", $p / $b}")"
done
say "memory under POST: $(memory) MB resident"

progress "consume"
consume 64 10 >/dev/null
for round in $(seq "$rounds"); do consume 64 "$seconds" >>"$folder/consume"; done
say "consume, 64 connections: $(median <"$folder/consume")/s"

progress "list"
rows=$(database postgres "SELECT count(*) FROM workflow")
for round in $(seq "$rounds"); do
  curl -s -o /dev/null -w '%{time_starttransfer} %{time_total}\n' "localhost:$PORT/workflow" >>"$folder/list"
done
awk -v rows="$rows" '{first[NR] = $1; total[NR] = $2} END {
  printf "list of %d rows: %d rows/s, first byte after %d ms (best of %d)\n", rows, rows / total[1], first[1] * 1000, NR}' \
  <(sort -k2n "$folder/list")
say "memory after it: $(memory) MB resident, heap bound by ${options[*]}"
