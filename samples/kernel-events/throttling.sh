#!/usr/bin/env bash
# Case 2: a service answers slowly although its processor is hardly used. Its control group's quota is used up after a tenth of each period, and its threads wait.
# Shows the trace, with each wait and the throttled periods inside the span. Needs root, for a control group of its own; removes it again.
source "$(dirname "$0")/lab.sh"

# Addresses that nobody else listens on, so that any port will do.
host=127.$((20 + RANDOM % 200)).$((RANDOM % 250)).$((1 + RANDOM % 250))
group=
undo() { [ -z "$group" ] || rmdir "$group" 2>/dev/null || true; }

make_group() { # a fifth of a processor, by version 1 or 2 of control groups
    local name=kernel-events-$$
    if [ -d /sys/fs/cgroup/cpu ]; then
        group=/sys/fs/cgroup/cpu/$name
        mkdir "$group" && echo 100000 >"$group/cpu.cfs_period_us" && echo 20000 >"$group/cpu.cfs_quota_us"
    else
        group=/sys/fs/cgroup/$name
        echo +cpu >/sys/fs/cgroup/cgroup.subtree_control && mkdir "$group" && echo '20000 100000' >"$group/cpu.max"
    fi
}

throttled() { grep -E '^nr_throttled' "$group/cpu.stat" | cut -d' ' -f2; }
used() { awk '{ print ($14 + $15) * 10 }' "/proc/$service/stat"; } # ms, from ticks of 10 ms

require_kernel
build
make_group 2>/dev/null || skip "no control group with a quota can be made here"

step "Start: a trace receiver, the agent, and a service"
export OTEL_EXPORTER_OTLP_ENDPOINT=http://$host:14319
start collector dotnet "$(assembly samples/shop/Shop.Collector)" --urls "$OTEL_EXPORTER_OTLP_ENDPOINT"
wait_for "the collector answers" 30 curl -fs "$OTEL_EXPORTER_OTLP_ENDPOINT/"
start agent dotnet "$(assembly src/Observability.Ebpf.Agent)" --pins "$pins" --runqueue 10 --lines --address none
wait_for "the agent listens" 30 grep -q '^listening' "$folder/agent.log"
OTEL_SERVICE_NAME=pricing Observability__Ebpf__Maps=$pins/v1/host Observability__Ebpf__Threads=true start pricing dotnet "$(assembly samples/kernel-events/KernelEvents.Service)" --urls "http://$host:5082"
service=${pids[-1]}

ask() { curl -fs -o "$folder/$1" -w '%{time_total}' "http://$host:5082/price"; }

wait_for "the service answers" 30 curl -fs "http://$host:5082/price"
step "Prices, each some 60 ms of work"
for i in 1 2 3 4 5; do printf '  %s s\n' "$(ask well)"; done

step "The same with a quota of a fifth of a processor"
echo "$service" >"$group/cgroup.procs"
before=$(throttled) used_before=$(used) since=$(date +%s%3N)
for i in 1 2 3 4 5; do printf '  %s s\n' "$(ask slow)"; done
took=$(($(date +%s%3N) - since)) work=$(($(used) - used_before))
echo "  processor used: $((work * 100 / took)) % of one; throttled in $(($(throttled) - before)) periods"
# The process leaves the quota, so that it ends and exports at its own pace.
echo "$service" >"$(dirname "$group")/cgroup.procs"

trace=$(cut -d' ' -f1 "$folder/slow")
step "The last one's trace: each wait for a processor, and the throttled periods, are inside the span"
wait_for "the trace is complete" 20 curl -fs "$OTEL_EXPORTER_OTLP_ENDPOINT/traces/$trace?services=pricing"
curl -fs "$OTEL_EXPORTER_OTLP_ENDPOINT/traces/$trace?services=pricing" | sed 's/^/  /'

step "The same as the agent sends it, as log events of the trace"
grep -F "\"trace_id\":\"$trace\"" "$folder/agent.log" | sed 's/^/  /'
