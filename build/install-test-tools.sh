#!/usr/bin/env bash
# Finds the programs that the tests talk to; installs from Debian's or Ubuntu's own archive what is missing.
# Elsewhere (Windows, macOS, no root) it only says what is missing: those tests are skipped by name.
set -uo pipefail

# program on PATH -> package that carries it
declare -A package_of=(
    [prometheus]=prometheus
    [promtool]=prometheus
    [prometheus-pushgateway]=prometheus-pushgateway
    [jq]=jq
    [bpftrace]=bpftrace
    [bwrap]=bubblewrap
    [clang]=clang
    [curl]=curl
    [ip]=iproute2
    [llvm-strip]=llvm
    [node]=nodejs
    [npm]=npm
    [openssl]=openssl
    [python3]=python3
    [ruby]=ruby
)
"$(dirname "$0")/install-prometheus-3.sh"
missing=()
for program in "${!package_of[@]}"; do
    command -v "$program" >/dev/null || missing+=("${package_of[$program]}")
done
# A Python from elsewhere on PATH does not see Debian's modules: ask the one that does.
/usr/bin/python3 -c 'import prometheus_client' 2>/dev/null || missing+=(python3-prometheus-client)
# The engine that reads Fluentd's time formats.
compgen -G '/usr/lib/*/ruby/vendor_ruby/*/strptime' >/dev/null || missing+=(ruby-strptime)
# Servers that Debian keeps off PATH.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
# The language that most log shippers are written in, half a gigabyte: its parsers stand for theirs.
if [ "${OBSERVABILITY_SLOW_TESTS:-}" = 1 ] && ! command -v go >/dev/null; then missing+=(golang-go); fi
if [ "${OBSERVABILITY_SLOW_TESTS:-}" = 1 ] && [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then missing+=(rabbitmq-server); fi

install_missing() {
    if [ ${#missing[@]} -eq 0 ]; then echo "  all found"; return 0; fi
    mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
    echo "  missing: ${missing[*]}"
    if ! command -v apt-get >/dev/null; then echo "  no apt-get here: tests that need them are skipped"; return 0; fi
    as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    if ! "${as_root[@]}" true 2>/dev/null; then echo "  not root: tests that need them are skipped"; return 0; fi
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq >/dev/null || true
    echo "  installing: ${missing[*]}"
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_missing || exit 1
# The kernel's tracepoints, which bpftrace reads; a machine without them skips those tests by name.
if [ "$(id -u)" -eq 0 ] && [ -d /sys/kernel/tracing ] && [ ! -d /sys/kernel/tracing/events ]; then mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null || true; fi
# Not a program: the messages of the OTLP receiver. Without them its tests are skipped by name.
"$(dirname "$0")/opentelemetry-proto.sh" || true
# The schemas of the log profiles, likewise.
"$(dirname "$0")/published-schemas.sh" || true
