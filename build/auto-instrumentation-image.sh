#!/usr/bin/env bash
# Makes the image that installs zero-code instrumentation: an OCI layout in artifacts/auto-instrumentation-image, from scratch, with the payload and
# one static program in it. Needs artifacts/payload (dotnet build src/Observability.AutoInstrumentation -c Release), a C compiler, tar and sha256sum.
#
#   build/auto-instrumentation-image.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-artifacts/auto-instrumentation-image}
payload=artifacts/payload
program=src/Observability.AutoInstrumentation/Image/install.c
[ -f "$payload/payload.txt" ] || { echo "no payload: dotnet build src/Observability.AutoInstrumentation -c Release" >&2; exit 1; }
compiler=$(command -v "${CC:-cc}" || command -v gcc || command -v clang) || { echo "no C compiler: install gcc" >&2; exit 1; }

rm -rf "$target"
root=$target/rootfs blobs=$target/oci/blobs/sha256
mkdir -p "$root/bin" "$root/observability" "$blobs"
cp -r "$payload" "$root/payload"
"$compiler" -static -Os -Wall -Wextra -Werror -o "$root/bin/observability" "$program"
strip "$root/bin/observability" 2>/dev/null || true
chmod -R u=rwX,go=rX "$root"

# The same input makes the same bytes: no times, no owners, a fixed order.
layer=$target/layer.tar
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$root" -cf "$layer" payload observability bin

put() { # FILE; moves it among the blobs and says its digest
    local digest; digest=$(sha256sum "$1" | cut -d' ' -f1)
    mv "$1" "$blobs/$digest"; echo "$digest"
}
size() { stat -c %s "$blobs/$1"; }
architecture=$(uname -m); case "$architecture" in x86_64) architecture=amd64 ;; aarch64) architecture=arm64 ;; esac
layer=$(put "$layer")
printf '{"architecture":"%s","os":"linux","config":{"User":"1654:1654","Entrypoint":["/bin/observability"],"Cmd":["install","/observability"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$architecture" "$layer" >"$target/config"
config=$(put "$target/config")
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%s},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%s}]}' "$config" "$(size "$config")" "$layer" "$(size "$layer")" >"$target/manifest"
manifest=$(put "$target/manifest")
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"platform":{"architecture":"%s","os":"linux"}}]}' "$manifest" "$(size "$manifest")" "$architecture" >"$target/oci/index.json"
printf '{"imageLayoutVersion":"1.0.0"}' >"$target/oci/oci-layout"
echo "$target/oci: $(du -sh "$target/oci" | cut -f1)"
