#!/bin/sh
# shellcheck disable=SC2086 # several options each
exec /opt/java/bin/java $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_OPTS -cp '/opt/kafka/libs/*' kafka.tools.StorageTool "$@"
