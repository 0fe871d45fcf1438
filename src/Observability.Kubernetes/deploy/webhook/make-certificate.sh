#!/usr/bin/env bash
# Makes an authority and a certificate for the webhook and prints the secret; --ca FILE also writes the authority, for caBundle.
#
#   make-certificate.sh [--ca FILE] [--days N] | kubectl apply -f -
#   kubectl patch mutatingwebhookconfiguration observability-webhook --type json \
#     -p '[{"op":"add","path":"/webhooks/0/clientConfig/caBundle","value":"'"$(base64 -w0 FILE)"'"}]'
#
# The authority's key is thrown away: another certificate is another authority.
set -euo pipefail
namespace=observability-system service=observability-webhook days=365 ca=""
while [ $# -gt 0 ]; do
    case "$1" in
        --ca) ca=$2; shift 2 ;;
        --days) days=$2; shift 2 ;;
        --namespace) namespace=$2; shift 2 ;;
        *) echo "make-certificate.sh: $1 is not known" >&2; exit 2 ;;
    esac
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
openssl ecparam -genkey -name prime256v1 -noout -out ca.key
openssl req -x509 -new -key ca.key -sha256 -days "$days" -subj "/CN=$service authority" -out ca.crt
openssl ecparam -genkey -name prime256v1 -noout -out tls.key
openssl req -new -key tls.key -subj "/CN=$service.$namespace.svc" -out tls.csr
printf 'subjectAltName=DNS:%s.%s.svc,DNS:%s.%s.svc.cluster.local\nextendedKeyUsage=serverAuth\n' "$service" "$namespace" "$service" "$namespace" >extensions
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days "$days" -sha256 -extfile extensions -out tls.crt 2>openssl.log || { cat openssl.log >&2; exit 1; }
[ -z "$ca" ] || { cd - >/dev/null; cp "$folder/ca.crt" "$ca"; cd "$folder"; }
cat <<SECRET
apiVersion: v1
kind: Secret
metadata:
  name: $service-tls
  namespace: $namespace
type: kubernetes.io/tls
data:
  ca.crt: $(base64 -w0 ca.crt)
  tls.crt: $(base64 -w0 tls.crt)
  tls.key: $(base64 -w0 tls.key)
SECRET
