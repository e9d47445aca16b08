#!/bin/sh
# Runs PostgreSQL 18 in Docker for development and writes its DATABASE_URL to .env:
#
#     sh scripts/run-postgres.sh
#
# POSTGRES_PORT is the port on 127.0.0.1, 5432 by default; 0 takes a free one. The container is named
# after the project's folder, is used again the next time, and holds the data: removing it
# (docker rm --force --volumes NAME) starts afresh.
set -eu

image=postgres:18-alpine
seconds=60

fail() {
  echo "run-postgres: $1" >&2
  exit 1
}

# Docker publishes on IPv4 only, since the address is given: one line, "127.0.0.1:5432".
published_port() {
  address=$(docker port "$name" 5432/tcp)
  echo "${address##*:}"
}

start() {
  if docker container inspect "$name" >/dev/null 2>&1; then
    docker start "$name" >/dev/null || fail "the container $name does not start"
    return
  fi
  docker run --detach --name "$name" --env POSTGRES_PASSWORD=postgres \
    --publish "127.0.0.1:${POSTGRES_PORT:-5432}:5432" "$image" >/dev/null && return
  # Docker keeps a container that could not have its port. When it did not come to one, as without
  # the image, there is nothing to remove; the run fails either way.
  docker rm --volumes "$name" >/dev/null 2>&1 || true
  fail "the container $name could not be made; for another port set POSTGRES_PORT"
}

# The image first starts a server for its own set-up, which does not listen on TCP.
wait_until_ready() {
  while ! docker exec "$name" pg_isready --quiet --host 127.0.0.1 --username postgres; do
    seconds=$((seconds - 1))
    if [ "$seconds" -le 0 ] || [ "$(docker inspect --format '{{.State.Running}}' "$name")" != true ]; then
      docker logs --tail 20 "$name" >&2
      fail "PostgreSQL does not start in $name; its last lines are above"
    fi
    sleep 1
  done
}

# Puts DATABASE_URL where it stood, or at the end; all other lines stay.
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
echo "PostgreSQL runs in the container $name on port $port; .env names it"
