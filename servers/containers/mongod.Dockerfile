FROM wijkschakel/debian:test
COPY mongod /usr/local/bin/
WORKDIR /data/db
CMD ["mongod", "--bind_ip_all"]
