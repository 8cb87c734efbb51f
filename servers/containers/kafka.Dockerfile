# The scripts are called as in the official image, so that tests start either in the same way.
FROM wijkschakel/debian:test
COPY java /opt/java
COPY libs /opt/kafka/libs
COPY kafka-storage.sh kafka-server-start.sh /opt/kafka/bin/
