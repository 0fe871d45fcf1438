# What both cases share: what they need, starting and stopping, and a file system for BPF of their own. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
folder=$(mktemp -d "${TMPDIR:-/tmp}/kernel-events-XXXXXX")
pins=$folder/bpf
names=() pids=()

step() { printf '\n== %s\n' "$*"; }
fail() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
# 77 is what test programs exit with when they could not be run.
skip() { printf '%s: skipped: %s\n' "$(basename "$0")" "$*"; exit 77; }

require_kernel() {
    [ "$(uname -s)" = Linux ] || skip "kernel events are Linux's"
    [ "$(id -u)" -eq 0 ] || skip "loading kernel programs, namespaces and quotas need root"
    [ -r /sys/kernel/btf/vmlinux ] || skip "this kernel does not tell its types (no /sys/kernel/btf/vmlinux)"
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is not on PATH; install it from https://dot.net"
    local program
    for program in curl "$@"; do command -v "$program" >/dev/null || fail "$program is missing; install it (Debian, Ubuntu: apt-get install ${program/#ip/iproute2})"; done
    mkdir "$pins"
    mount -t bpf bpf "$pins" 2>/dev/null || skip "no file system for BPF can be mounted here"
}

build() {
    step "Build"
    local project
    for project in samples/kernel-events/KernelEvents.Service samples/shop/Shop.Collector src/Observability.Ebpf.Agent; do
        [ "${KERNEL_EVENTS_BUILT:-}" = 1 ] || dotnet build "$project" -c Release --nologo -v quiet || fail "the build of $project failed"
        echo "  $project"
    done
}

start() { # NAME COMMAND...; the output goes to NAME.log
    local name=$1; shift
    "$@" >"$folder/$name.log" 2>&1 </dev/null &
    names+=("$name"); pids+=($!)
    echo "  $name: process $!"
}

assembly() { printf '%s/%s/bin/Release/net10.0/%s.dll' "$root" "$1" "$(basename "$1")"; }

wait_for() { # WHAT SECONDS COMMAND...; until the command succeeds
    local what=$1 deadline=$((SECONDS + $2)) i; shift 2
    until "$@" >/dev/null 2>&1; do
        for ((i = 0; i < ${#pids[@]}; i++)); do
            kill -0 "${pids[$i]}" 2>/dev/null || { tail -n 20 "$folder/${names[$i]}.log" >&2; fail "${names[$i]} ended before $what"; }
        done
        [ $SECONDS -lt $deadline ] || { tail -n 20 "$folder"/*.log >&2; fail "not within its time: $what"; }
        sleep 0.1
    done
}

# Traces of a demonstration are wanted at once; a connection to the collector is none of the story.
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_BSP_SCHEDULE_DELAY=200 OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none

stop_all() {
    local code=$? pid
    trap - EXIT INT TERM
    if [ ${#pids[@]} -gt 0 ]; then
        kill -TERM "${pids[@]}" 2>/dev/null || true
        local deadline=$((SECONDS + 15))
        for pid in "${pids[@]}"; do
            while kill -0 "$pid" 2>/dev/null; do
                [ $SECONDS -lt $deadline ] || kill -KILL "$pid" 2>/dev/null || true
                sleep 0.1
            done
        done
    fi
    if declare -F undo >/dev/null; then undo; fi
    umount -l "$pins" 2>/dev/null || true
    rm -rf "$folder"
    exit $code
}
trap stop_all EXIT
trap 'exit 130' INT TERM
