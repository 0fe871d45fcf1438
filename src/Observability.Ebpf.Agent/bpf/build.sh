#!/usr/bin/env bash
# Compiles the kernel programs: bpf/build.sh [OUTPUT]. The committed object is what Debian 12's clang 14 gives; another version gives other bytes.
set -euo pipefail
output=$(realpath -m "${1:-$(dirname "$0")/correlation.bpf.o}")
cd "$(dirname "$0")"
clang -O2 -g -Wall -Werror -target bpfel -mcpu=v3 -fdebug-compilation-dir=. -c correlation.bpf.c -o "$output"
llvm-strip --strip-debug "$output"
