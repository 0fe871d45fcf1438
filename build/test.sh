#!/usr/bin/env bash
# Builds everything, packs the packages and runs every test. Ends with one line: N passed, N failed, N skipped.
#
#   build/test.sh              all tests that fit into CI's time
#   build/test.sh --slow       the slow rest as well
#   build/test.sh NAME...      only these test projects, e.g. Observability.Sampling.Tests
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI="${CI:-true}"

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'build/test.sh: %s\n0 passed, 1 failed, 0 skipped\n' "$*"; exit 1; }

projects=()
for argument in "$@"; do
    case "$argument" in
        --slow) export OBSERVABILITY_SLOW_TESTS=1 ;;
        *) projects+=("tests/$argument") ;;
    esac
done
[ ${#projects[@]} -gt 0 ] || projects=(tests/*.Tests)

command -v dotnet >/dev/null || fail "the .NET 10 SDK is not on PATH; install it from https://dot.net"
step "Tools that the tests talk to"
build/install-test-tools.sh || fail "a tool that the tests need could not be installed"

step "Build (warnings are errors)"
dotnet build Instrumentation.sln -c Release --nologo -v quiet || fail "the build failed"

step "Pack into artifacts/packages"
rm -rf artifacts/packages
dotnet pack Instrumentation.sln -c Release --no-build --nologo -v quiet || fail "packing failed"

results=artifacts/test-results
rm -rf "$results"; mkdir -p "$results"
passed=0; failed=0; skipped=0
for project in "${projects[@]}"; do
    name=$(basename "$project")
    step "Test $name"
    dotnet test "$project" -c Release --no-build --nologo --results-directory "$results" \
        --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" \
        --blame-hang-timeout 8m --blame-hang-dump-type none >"$results/$name.log" 2>&1
    code=$?
    grep -E '^\s+(Failed|Skipped) |Total tests|^\s+Total time' "$results/$name.log" || true
    counters=$(grep -oE '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null | head -n 1)
    count() { printf '%s' "$counters" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+'; }
    if [ -z "$counters" ]; then
        failed=$((failed + 1)); echo "  $name reported nothing:"; tail -n 30 "$results/$name.log"; continue
    fi
    project_failed=$(count failed)
    passed=$((passed + $(count passed))); failed=$((failed + project_failed))
    skipped=$((skipped + $(count total) - $(count executed)))
    if [ "$project_failed" -gt 0 ]; then sed -n '/^\s*Failed /,/Stack Trace/p' "$results/$name.log"
    elif [ $code -ne 0 ]; then failed=$((failed + 1)); echo "  $name ended with code $code:"; tail -n 30 "$results/$name.log"; fi
done

step "Skipped, and why"
if [ "$skipped" -eq 0 ]; then echo "  nothing"
else
    awk '
        /<UnitTestResult / { skipped = /outcome="NotExecuted"/; name = match($0, /testName="[^"]*"/) ? substr($0, RSTART + 10, RLENGTH - 11) : "?" }
        skipped && /<(Message|StdOut)>/ { reason = $0; gsub(/<[^>]*>/, "", reason); sub(/^ +/, "", reason); print "  " name ": " reason; skipped = 0 }
    ' "$results"/*.trx | sed 's/&quot;/"/g; s/&amp;/\&/g' | cut -c1-300
fi
if [ "$failed" -gt 0 ]; then
    step "Failed, once more"
    for log in "$results"/*.log; do sed -n '/^\s*Failed /,/Stack Trace/p' "$log"; done | grep -vE '^\s*Stack Trace' | cut -c1-600 | head -n 120
fi
printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
