#!/usr/bin/env bash
# A Prometheus 3.x for the tests: the static binary of Debian's unstable package, unpacked, not installed, under artifacts/.
# The mirror is the one that apt already uses. Whatever fails, the tests that need it are skipped by name.
set -uo pipefail
cd "$(dirname "$0")/.."
target=artifacts/tools/prometheus-3
[ -x "$target/usr/bin/prometheus" ] && [ -x "$target/usr/bin/promtool" ] && exit 0
for program in apt-get dpkg curl xz; do
    command -v "$program" >/dev/null || { echo "  prometheus 3.x: no $program here, its tests are skipped"; exit 0; }
done
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n 1)
[ -n "$mirror" ] || { echo "  prometheus 3.x: apt uses no Debian mirror, its tests are skipped"; exit 0; }
architecture=$(dpkg --print-architecture)
files=$(curl -fsSL --max-time 120 "${mirror%/}/dists/sid/main/binary-$architecture/Packages.xz" | xz -dc |
    awk '/^Package: /{wanted = ($2 == "prometheus" || $2 == "promtool")} wanted && /^Filename: /{print $2}')
[ -n "$files" ] || { echo "  prometheus 3.x: the mirror has none, its tests are skipped"; exit 0; }
mkdir -p "$target"
for file in $files; do
    if curl -fsSL --max-time 300 -o "$target/package.deb" "${mirror%/}/$file" && dpkg -x "$target/package.deb" "$target"; then
        echo "  prometheus 3.x: $(basename "$file")"
    else
        echo "  prometheus 3.x: $(basename "$file") could not be fetched, its tests are skipped"
    fi
done
rm -f "$target/package.deb"
