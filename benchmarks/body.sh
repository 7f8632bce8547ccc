#!/usr/bin/env bash
# Measures how a POST's body is read and checked, against Jackson's readTree in one JVM (JMH). Takes some two minutes.
#   JAVA_HOME=<a JDK 25> benchmarks/body.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
(cd "$here/.." && ./mvnw -B -ntp -q -pl benchmarks -am -Dmaven.test.skip.exec test)
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
"$java" -cp "$here/target/test-classes:$(cat "$here/target/class-path")" dev.workflow.benchmarks.BodyFigures "${ROUNDS:-3}"
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
