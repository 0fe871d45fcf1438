#!/usr/bin/env bash
# Case 1: service A calls service B in milliseconds, and then once in more than a second. Neither did anything: the network between them lost packets, and the kernel sent
# them again. Shows the trace, with the kernel's events inside the very span. Needs root, for namespaces of its own; changes nothing outside them.
source "$(dirname "$0")/lab.sh"

space=kernel-events-$$ cable=ke$(($$ % 100000))
net=10.$((60 + $$ % 100)).$((RANDOM % 250))
a=$net.1 b=$net.2
undo() { ip link del "$cable" 2>/dev/null || true; ip netns del "$space" 2>/dev/null || true; }

require_kernel ip
build

step "Two machines: B lives in a network namespace at the other end of a cable"
ip netns add "$space" || skip "no network namespace can be made here"
ip link add "$cable" type veth peer name peer0 netns "$space"
ip addr add "$a/24" dev "$cable" && ip link set "$cable" up
ip -n "$space" addr add "$b/24" dev peer0 && ip -n "$space" link set peer0 up
# A packet from where no answer could go is dropped on arrival.
ip netns exec "$space" sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.peer0.rp_filter=1
echo "  A $a, B $b"

step "Start: a trace receiver, B, the agent, A"
export OTEL_EXPORTER_OTLP_ENDPOINT=http://$a:14318
start collector dotnet "$(assembly samples/shop/Shop.Collector)" --urls "http://$a:14318"
wait_for "the collector answers" 30 curl -fs "$OTEL_EXPORTER_OTLP_ENDPOINT/"
OTEL_SERVICE_NAME=service-b Observability__Ebpf__Maps=$pins/v1/b start service-b ip netns exec "$space" dotnet "$(assembly samples/kernel-events/KernelEvents.Service)" --urls "http://$b:5081"
wait_for "B answers" 30 curl -fs "http://$b:5081/stock"
start agent dotnet "$(assembly src/Observability.Ebpf.Agent)" --pins "$pins" --tenant "b=${pids[-1]}" --drops --lines --address none
wait_for "the agent listens" 30 grep -q '^listening' "$folder/agent.log"
OTEL_SERVICE_NAME=service-a Observability__Ebpf__Maps=$pins/v1/host Next__Address=http://$b:5081 start service-a dotnet "$(assembly samples/kernel-events/KernelEvents.Service)" --urls "http://$a:5080"
wait_for "A answers" 30 curl -fs "http://$a:5080/order"

ask() { curl -fs -o "$folder/$1" -w '%{time_total}' "http://$a:5080/order"; }

step "A asks B, while all is well"
for i in 1 2 3 4 5; do printf '  %s s\n' "$(ask well)"; done

step "For most of a second B's machine cannot answer A's: what arrives is dropped"
ip -n "$space" route add blackhole "$a/32"
(sleep 0.9; ip -n "$space" route del blackhole "$a/32") &
repair=$!
printf '  %s s\n' "$(ask slow)"
wait "$repair"

step "Afterwards"
printf '  %s s\n' "$(ask well)"

trace=$(cut -d' ' -f1 "$folder/slow")
step "The slow request's trace: the kernel's events are inside the span that waited for them"
wait_for "the trace is complete" 20 curl -fs "$OTEL_EXPORTER_OTLP_ENDPOINT/traces/$trace?services=service-a,service-b"
curl -fs "$OTEL_EXPORTER_OTLP_ENDPOINT/traces/$trace?services=service-a,service-b" | sed 's/^/  /'

step "The same as the agent sends it, as log events of the trace (also what came after the span's end)"
grep -F "\"trace_id\":\"$trace\"" "$folder/agent.log" | sed 's/^/  /'
