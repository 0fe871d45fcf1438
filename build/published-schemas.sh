#!/usr/bin/env bash
# Puts the published schemas of the log profiles into artifacts/published-schemas: Elastic's types of the Elastic Common Schema with the
# compiler that checks against them, and Google's logging client, which names the fields of structured logging and its severities.
# Ends with 1, saying why, where they cannot be had: the tests that need them are skipped by name.
set -uo pipefail
cd "$(dirname "$0")/.."

target=artifacts/published-schemas
packages=(@elastic/ecs@8.11.5 typescript@5.4.5)
client=@google-cloud/logging@11.2.0
give_up() { printf '  published schemas: %s\n' "$*"; exit 1; }

if [ -d "$target" ]; then echo "  published schemas: found"; exit 0; fi
command -v npm >/dev/null || give_up "no npm here"
work=$(mktemp -d) || give_up "no temporary folder"
trap 'rm -rf "$work"' EXIT

npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" "${packages[@]}" >"$work/log" 2>&1 || give_up "${packages[*]} could not be had: $(tail -n 1 "$work/log")"
# The client alone, without what it depends on.
(cd "$work" && npm pack --silent "$client") >"$work/log" 2>&1 || give_up "$client could not be had: $(tail -n 1 "$work/log")"
mkdir -p "$work/google-cloud-logging" && tar -xzf "$work"/google-cloud-logging-*.tgz -C "$work/google-cloud-logging" --strip-components 1 || give_up "$client could not be unpacked"
rm -f "$work"/*.tgz "$work/log"

# In one move, so that tests running at the same time see all of the files or none.
mkdir -p artifacts
chmod 755 "$work"
cp -r "$work" "$target.$$" && { mv -T "$target.$$" "$target" 2>/dev/null || rm -rf "$target.$$"; }
[ -d "$target/node_modules/@elastic/ecs" ] || give_up "could not be written to $target"
echo "  published schemas: taken from the npm registry"
