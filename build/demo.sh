#!/usr/bin/env bash
# Runs the shop (samples/shop): three processes behind one AddObservability() each, a real Prometheus, some shoppers.
# Then shows one trace across the three processes, its log lines, its metric, and where to look further.
#
#   build/demo.sh           shows everything once and stops what it started
#   build/demo.sh --keep    leaves the shop open, with a trickle of shoppers, until Ctrl+C
#
# Ports can be moved: WEB_PORT=5080 ORDERS_PORT=5081 COLLECTOR_PORT=4318 PROMETHEUS_PORT=9099,
# and the processes' metrics: WEB_METRICS_PORT=9464 ORDERS_METRICS_PORT=9465 WORKER_METRICS_PORT=9466.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

keep=false
case "${1:-}" in
    "") ;;
    --keep) keep=true ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

web_port=${WEB_PORT:-5080} orders_port=${ORDERS_PORT:-5081} collector_port=${COLLECTOR_PORT:-4318} prometheus_port=${PROMETHEUS_PORT:-9099}
web_metrics_port=${WEB_METRICS_PORT:-9464} orders_metrics_port=${ORDERS_METRICS_PORT:-9465} worker_metrics_port=${WORKER_METRICS_PORT:-9466}
web=http://localhost:$web_port orders=http://localhost:$orders_port collector=http://localhost:$collector_port prometheus=http://localhost:$prometheus_port
folder=${DEMO_FOLDER:-$PWD/artifacts/demo}

step() { printf '\n== %s\n' "$*"; }
fail() { printf '\nbuild/demo.sh: %s\n' "$*" >&2; exit 1; }

# ---- what it needs ---------------------------------------------------------------------------------------------------

require() { # PROGRAM PACKAGE
    if command -v "$1" >/dev/null; then echo "  $1: found"; return; fi
    command -v apt-get >/dev/null || fail "$1 is missing; install it (Debian, Ubuntu: apt-get install $2; macOS: brew install $2) and run this again"
    local as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "$1 is missing; run 'apt-get install $2' as root, then this again"
        as_root=sudo
    fi
    echo "  $1: installing Debian's or Ubuntu's package $2"
    $as_root apt-get update -qq >/dev/null || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null || fail "apt-get could not install $2"
}

require_free() { # PORT VARIABLE
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then fail "port $1 is taken: stop what listens there, or choose another, e.g. $2=$(($1 + 1000)) build/demo.sh"; fi
}

# ---- starting and stopping -------------------------------------------------------------------------------------------

names=() pids=()

start() { # NAME COMMAND...; the output goes to NAME.log
    local name=$1; shift
    "$@" >"$folder/$name.log" 2>&1 </dev/null &
    names+=("$name"); pids+=($!)
    echo "  $name: process $!, output in ${folder#"$root"/}/$name.log"
}

start_project() { # NAME PROJECT ARGUMENTS...
    local name=$1 project=$2; shift 2
    cd "samples/shop/$project/bin/Release/net10.0"
    start "$name" dotnet "$project.dll" "$@"
    cd - >/dev/null
}

stop_all() {
    local code=$?
    trap - EXIT INT TERM
    if [ ${#pids[@]} -gt 0 ]; then
        step "Stopping what was started"
        kill -TERM "${pids[@]}" 2>/dev/null || true
        local deadline=$((SECONDS + 15)) pid
        for pid in "${pids[@]}"; do
            while kill -0 "$pid" 2>/dev/null; do
                # A process that does not end by itself must not outlive the demo.
                [ $SECONDS -lt $deadline ] || kill -KILL "$pid" 2>/dev/null || true
                sleep 0.1
            done
        done
        echo "  ${names[*]}: ended"
    fi
    exit $code
}

wait_for() { # WHAT SECONDS COMMAND...; until the command succeeds
    local what=$1 deadline=$((SECONDS + $2)); shift 2
    until "$@" >/dev/null 2>&1; do
        local i
        for ((i = 0; i < ${#pids[@]}; i++)); do
            kill -0 "${pids[$i]}" 2>/dev/null || { tail -n 20 "$folder/${names[$i]}.log" >&2; fail "${names[$i]} ended before $what"; }
        done
        [ $SECONDS -lt $deadline ] || fail "not within its time: $what; the logs are in $folder"
        sleep 0.2
    done
}

# ---- asking ----------------------------------------------------------------------------------------------------------

ask() { # API PARAMETER...; Prometheus' answer
    local api=$1 arguments=() parameter; shift
    for parameter in "$@"; do arguments+=(--data-urlencode "$parameter"); done
    curl -fsG "$prometheus/api/v1/$api" "${arguments[@]}"
}

exemplars() { # ITEM; {"labels":{...},"value":"..."} a line, the latest first: the first requests of a process still compile
    ask query_exemplars "query=shop_checkout_duration_seconds_bucket{shop_item=\"$1\"}" "start=$started" "end=$(date +%s)" |
        grep -oE '\{"labels":\{[^}]*\},"value":"[^"]*"' | sed -n '1!G;h;$p' || true
}

# Finds a checkout of the item that an exemplar names and whose spans have all arrived, from all the named services.
find_trace() { # ITEM SERVICES
    local line id
    while read -r line; do
        id=$(sed -E 's/.*"trace_id":"([0-9a-f]{32})".*/\1/' <<<"$line")
        if curl -fs "$collector/traces/$id?services=$2" >"$folder/trace.txt"; then trace=$id exemplar=$line; return 0; fi
    done < <(exemplars "$1")
    return 1
}

log_lines() { # TRACE_ID; the lines of all three processes that carry it
    local name
    for name in shop-web shop-orders shop-worker; do
        { grep -F "\"trace_id\":\"$1\"" "$folder/$name.log" || true; } | sed "s/^/  $name: /"
    done
}

# ---- the demo --------------------------------------------------------------------------------------------------------

step "What the demo needs"
command -v dotnet >/dev/null || fail "the .NET 10 SDK is not on PATH; install it from https://dot.net"
echo "  dotnet: found, $(dotnet --version)"
require curl curl
require prometheus prometheus
for port in WEB_PORT:$web_port ORDERS_PORT:$orders_port COLLECTOR_PORT:$collector_port PROMETHEUS_PORT:$prometheus_port \
    WEB_METRICS_PORT:$web_metrics_port ORDERS_METRICS_PORT:$orders_metrics_port WORKER_METRICS_PORT:$worker_metrics_port; do
    require_free "${port#*:}" "${port%:*}"
done

step "Build samples/shop"
dotnet build samples/shop/Shop.slnx -c Release --nologo -v quiet || fail "the build failed"
built=$SECONDS

step "Start: a trace receiver, Prometheus, and the shop's three processes"
rm -rf "$folder"; mkdir -p "$folder"
started=$(date +%s)
trap stop_all EXIT
trap 'exit 130' INT TERM
cat >"$folder/prometheus.yml" <<YAML
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: shop
    static_configs:
      - targets: ["localhost:$web_metrics_port"]
        labels: { process: shop-web }
      - targets: ["localhost:$orders_metrics_port"]
        labels: { process: shop-orders }
      - targets: ["localhost:$worker_metrics_port"]
        labels: { process: shop-worker }
YAML
start_project collector Shop.Collector --urls "$collector"
start prometheus prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/prometheus" \
    --web.listen-address="localhost:$prometheus_port" --enable-feature=exemplar-storage --log.level=warn

export OTEL_EXPORTER_OTLP_ENDPOINT=$collector OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_BSP_SCHEDULE_DELAY=200 # a demo is impatient: send spans after 0.2 s instead of 5 s
export ConnectionStrings__Shop="Data Source=$folder/shop.db"
Observability__Prometheus__Port=$orders_metrics_port start_project shop-orders Shop.Orders --urls "$orders"
wait_for "shop-orders answers" 30 curl -fs "$orders/health"
Observability__Prometheus__Port=$worker_metrics_port start_project shop-worker Shop.Worker
Observability__Prometheus__Port=$web_metrics_port Orders__Address=$orders start_project shop-web Shop.Web --urls "$web"
wait_for "shop-web answers" 30 curl -fs "$web/health"
wait_for "Prometheus answers" 30 curl -fs "$prometheus/-/ready"

step "Drive load: 20 checkouts a second for 6 s; 1 in 10 slow, 1 in 20 failing"
printf '  '; dotnet samples/shop/Shop.Load/bin/Release/net10.0/Shop.Load.dll --url "$web" --rate 20 --duration 6 --slow 10 --failing 5

step "A slow checkout, one trace across three processes (found by the exemplar of a metric)"
wait_for "Prometheus holds an exemplar of a slow checkout whose trace is complete" 20 find_trace handmade-teapot shop-web,shop-orders,shop-worker
sed 's/^/  /' "$folder/trace.txt"

step "Its log lines: the same trace_id in the output of all three processes"
log_lines "$trace"

step "Its metric: Prometheus keeps the exemplar that names the trace"
sed -E 's/^\{"labels":\{(.*)\},"value":"([^"]*)"$/  shop_checkout_duration_seconds_bucket{shop_item="handmade-teapot"}  exemplar {\1} value \2 s/' <<<"$exemplar"
ask query "query=sum by (shop_item, shop_outcome) (shop_checkouts_total)" |
    grep -oE '"metric":\{[^}]*\},"value":\[[^]]*\]' | sed -E 's/"metric":(\{.*\}),"value":\[[^,]*,"(.*)"\]/  shop_checkouts_total\1  \2/'

step "A checkout that failed, and why"
wait_for "Prometheus holds an exemplar of a failed checkout" 20 find_trace gift-card shop-web,shop-orders
sed 's/^/  /' "$folder/trace.txt"

step "Addresses"
cat <<TEXT
  $web                     the front end
  $collector                     the latest traces; /traces/{id} shows one
  http://localhost:$web_metrics_port/metrics             the front end's metrics ($orders_metrics_port: orders, $worker_metrics_port: worker)
  $prometheus                     Prometheus; try shop_checkout_duration_seconds_bucket, with "Show Exemplars"
TEXT
echo "  (shown $((SECONDS - built)) s after the build)"

if $keep; then
    step "Open until Ctrl+C, with two shoppers a second"
    start shoppers dotnet samples/shop/Shop.Load/bin/Release/net10.0/Shop.Load.dll --url "$web" --rate 2 --duration 86400
    wait "${pids[@]}" || true
fi
