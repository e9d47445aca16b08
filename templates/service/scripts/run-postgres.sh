#!/bin/sh
# Starts PostgreSQL 18 in Docker for development and writes its DATABASE_URL to .env:
#
#     sh scripts/run-postgres.sh
#
# POSTGRES_PORT sets the port on 127.0.0.1 (default: 5432; 0 picks a free one). The container is named
# after the project's directory, is reused by later runs and holds the data. To start over, remove it:
# docker rm --force --volumes NAME
set -eu

image=postgres:18-alpine
seconds=60

fail() {
  echo "run-postgres: $1" >&2
  exit 1
}

# One line, such as "127.0.0.1:5432": the container publishes its port on one IPv4 address only.
published_port() {
  address=$(docker port "$name" 5432/tcp)
  echo "${address##*:}"
}

start() {
  if docker container inspect "$name" >/dev/null 2>&1; then
    docker start "$name" >/dev/null || fail "cannot start the container $name"
    return
  fi
  docker run --detach --name "$name" --env POSTGRES_PASSWORD=postgres \
    --publish "127.0.0.1:${POSTGRES_PORT:-5432}:5432" "$image" >/dev/null && return
  # Docker keeps a container whose port is taken. If it created none, for example because the image is
  # missing, there is nothing to remove; the script fails either way.
  docker rm --volumes "$name" >/dev/null 2>&1 || true
  fail "cannot create the container $name; for another port set POSTGRES_PORT"
}

# During setup, the image runs a temporary server that does not listen on TCP.
wait_until_ready() {
  while ! docker exec "$name" pg_isready --quiet --host 127.0.0.1 --username postgres; do
    seconds=$((seconds - 1))
    if [ "$seconds" -le 0 ] || [ "$(docker inspect --format '{{.State.Running}}' "$name")" != true ]; then
      docker logs --tail 20 "$name" >&2
      fail "PostgreSQL did not become ready in $name; see the end of its log above"
    fi
    sleep 1
  done
}

# Replaces DATABASE_URL in place, or appends it; keeps all other lines.
write_url() {
  file=$project/.env
  [ -e "$file" ] || : >"$file"
  lines=$(awk -v line="DATABASE_URL=$1" '
    /^[ \t]*(export[ \t]+)?DATABASE_URL[ \t]*=/ { if (!written) print line; written = 1; next }
    { print }
    END { if (!written) print line }' "$file")
  printf '%s\n' "$lines" >"$file"
}

command -v docker >/dev/null 2>&1 || fail 'there is no docker on the PATH; install Docker'
docker version >/dev/null 2>&1 || fail 'Docker does not answer; start it, or set DOCKER_HOST'
project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
name=postgres-$(printf '%s' "${project##*/}" | tr -c 'A-Za-z0-9_.-' '-')

start
port=$(published_port)
if [ "${POSTGRES_PORT:-0}" != 0 ] && [ "$POSTGRES_PORT" != "$port" ]; then
  fail "the container $name has port $port; to move it: docker rm --force --volumes $name"
fi
wait_until_ready
write_url "postgresql://postgres:postgres@127.0.0.1:$port/postgres"
echo "PostgreSQL is running in the container $name on port $port; DATABASE_URL in .env points to it"
