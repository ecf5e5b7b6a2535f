#!/usr/bin/env bash
# Runs this example from init to destroy in a scratch copy, and shows what iacctl prints.
set -euo pipefail

example=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$example"/*.tf "$example"/modules "$example"/templates "$scratch"
cd "$scratch"

step() {
  printf '\n\033[1m$ %s\033[0m\n' "$*"
  "$@"
}

step iacctl init
step iacctl plan
step iacctl apply -auto-approve
step iacctl output
step cat out/inventory.md

printf '\n\033[1m# A change: more copies of the API, and a new service\033[0m\n'
cat >services.auto.tfvars <<'END'
services = {
  api    = { port = 8080, replicas = 3 }
  search = { port = 9200 }
  web    = { port = 8000, public = true }
}
END
step cat services.auto.tfvars

step iacctl plan
step iacctl apply -auto-approve
step iacctl plan
step cat out/inventory.md
step iacctl destroy -auto-approve

printf '\n\033[1mDone.\033[0m The example itself is untouched: everything ran in a copy, now removed.\n'
