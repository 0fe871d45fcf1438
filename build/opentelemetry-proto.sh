#!/usr/bin/env bash
# Puts the official OTLP .proto files into artifacts/opentelemetry-proto, out of Debian's package of them.
# They are looked for in the machine's own apt sources first, then in Debian sid on the same mirror; apt checks the
# archive's signature either way. Nothing of the machine's apt state is changed, and no root is needed.
# Ends with 1, saying why, where they cannot be had: the projects that need them still build, and their tests are skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

package=opentelemetry-proto
target=artifacts/opentelemetry-proto
marker=opentelemetry/proto/collector/trace/v1/trace_service.proto
give_up() { printf '  OTLP .proto files: %s\n' "$*"; exit 1; }

if [ -f "$target/$marker" ]; then echo "  OTLP .proto files: found"; exit 0; fi
for program in apt-get dpkg; do command -v "$program" >/dev/null || give_up "no $program here"; done

work=$(mktemp -d) || give_up "no temporary folder"
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# Any site that the machine already trusts for packages may carry sid as well; one without it is passed over.
download_from_sid() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/parts"
    printf 'deb %s sid main\n' "$1" >"$work/sources.list"
    local private=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o "Dir::Etc::sourceparts=$work/parts" -o "Dir::State::lists=$work/lists"
        -o "Dir::Cache=$work/cache" -o "Acquire::Languages=none" -o "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false"
        -o "APT::Sandbox::User=" -o "Acquire::Retries=2")
    (cd "$work" && apt-get "${private[@]}" update && apt-get "${private[@]}" download "$package") >"$work/log" 2>&1
}

if ! (cd "$work" && apt-get -qq download "$package") 2>"$work/log"; then
    for site in $(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | sort -u); do
        download_from_sid "$site" && break
    done
fi
ls "$work/$package"_*.deb >/dev/null 2>&1 || give_up "$package could not be had: $(tail -n 1 "$work/log")"

dpkg -x "$work/$package"_*.deb "$work/unpacked" || give_up "the package could not be unpacked"
found=$(find "$work/unpacked" -path "*/$marker" -print -quit)
[ -n "$found" ] || give_up "$package no longer holds $marker"
# In one move, so that a build running at the same time sees all of the files or none.
mkdir -p artifacts
cp -r "${found%/"$marker"}" "$target.$$"
mv -T "$target.$$" "$target" 2>/dev/null || rm -rf "$target.$$"
[ -f "$target/$marker" ] || give_up "could not be written to $target"
echo "  OTLP .proto files: taken from $(basename "$work/$package"_*.deb)"
