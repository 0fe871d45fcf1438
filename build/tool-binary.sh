#!/usr/bin/env bash
# Makes the command observability as one file that needs no .NET: artifacts/tool-binary/observability. Needs artifacts/payload
# (dotnet build src/Observability.AutoInstrumentation -c Release). What it builds on the way lies beside it, so that no other build is disturbed.
#
#   build/tool-binary.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${1:-artifacts/tool-binary}")
[ -f artifacts/payload/payload.txt ] || { echo "no payload: dotnet build src/Observability.AutoInstrumentation -c Release" >&2; exit 1; }
case $(uname -m) in x86_64) runtime=linux-x64 ;; aarch64) runtime=linux-arm64 ;; *) echo "no runtime for $(uname -m)" >&2; exit 1 ;; esac

rm -rf "$target/build" "$target/publish"
dotnet publish src/Observability.Tool -c Release -r "$runtime" -p:PublishSingleFile=true --artifacts-path "$target/build" -o "$target/publish" -v quiet --nologo
mv "$target/publish/Observability.Tool" "$target/observability"
rm -rf "$target/build" "$target/publish"
echo "$target/observability: $(du -h "$target/observability" | cut -f1)"
