#!/usr/bin/env bash
# Measures CSV: the exporter against Jackson's CsvMapper in one JVM (JMH), then against jq and Miller as whole processes.
#   JAVA_HOME=<a JDK 25> benchmarks/csv.sh
# Takes some five minutes. Debian has jq and miller as packages; who is not there is left out. CsvFigures prints the first table.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rounds=${ROUNDS:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%R %U %S'

(cd "$here/.." && ./mvnw -B -ntp -q -pl benchmarks -am -Dmaven.test.skip.exec test)
classes=$here/target/test-classes:$(cat "$here/target/class-path")
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
"$java" -cp "$classes" dev.workflow.benchmarks.CsvFigures "$rounds"

exporter() { "$java" -XX:+UseParallelGC -cp "$classes" dev.workflow.benchmarks.CsvProcess; }
# The columns by their names, for jq has no flattening of its own: it need not look for them.
jq_flat() { jq -r '["id","name","email","age","score","active","note"] as $names | $names, (.[] | [.[$names[]]]) | @csv'; }
jq_nested() {
  jq -r '["id","customer.name","customer.address.city","customer.address.zip","tags","total"],
    (.[] | [.id, .customer.name, .customer.address.city, .customer.address.zip, (.tags | tojson), .total]) | @csv'
}
miller() { mlr --ijson --ocsv cat; }

# Wall-clock and CPU seconds of one run.
timed() { { time "$@" <"$folder/json" >"$folder/csv"; } 2>&1 | awk '{print $1, $2 + $3}'; }
measure() { timed "$2" >>"$folder/$1"; }
best() { sort -n "$folder/$1" | head -1; }

echo "| document | MB | way | wall | CPU | MB/s |"
echo "|---|---|---|---|---|---|"
for document in FLAT NESTED; do
  for records in 8000 240000; do
    "$java" -cp "$classes" dev.workflow.benchmarks.CsvProcess "$document" "$records" >"$folder/json"
    rm -f "$folder"/way.*
    for ((round = 0; round < rounds; round++)); do
      measure way.exporter exporter
      ! command -v jq >/dev/null || measure way.jq "jq_${document,,}"
      ! command -v mlr >/dev/null || measure way.miller miller
    done
    for way in "$folder"/way.*; do
      best "${way##*/}" | awk -v document="${document,,}" -v way="${way##*.}" -v bytes="$(stat -c %s "$folder/json")" \
        '{printf "| %s | %.1f | %s | %.2f s | %.2f s | %.1f |\n", document, bytes / 1e6, way, $1, $2, bytes / 1e6 / $1}'
    done
  done
done
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
