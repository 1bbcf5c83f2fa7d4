#!/usr/bin/env bash
# Fetches what the tests of the deployment read and run it with, into .cleanroom/tools: the loader of docker compose,
# kustomize, the schemas of Kubernetes, Prometheus and an OpenTelemetry collector. Needs Go, Python's pip and Debian; fetches nothing twice.
set -euo pipefail
cd "$(dirname "$0")/../../.."

tools=$PWD/.cleanroom/tools
mkdir -p "$tools"

# go_tool <file> <program that its package is called> <package>
go_tool() {
  if [ -x "$tools/$1" ]; then return; fi
  command -v go >/dev/null || { echo "$1 is built with Go, which is not here: https://go.dev/dl" >&2 && exit 1; }
  GOBIN=$tools/go GOFLAGS=-mod=mod go install "$3"
  mv "$tools/go/$2" "$tools/$1"
}

go_tool compose cmd github.com/compose-spec/compose-go/v2/cmd@v2.9.1
go_tool kustomize kustomize sigs.k8s.io/kustomize/kustomize/v5@v5.7.1
go_tool collector-builder builder go.opentelemetry.io/collector/cmd/builder@v0.139.0

if [ ! -x "$tools/collector/collector" ]; then
  GOFLAGS=-mod=mod "$tools/collector-builder" --config infra/otel/builder.yaml >"$tools/collector.log" 2>&1 ||
    { cat "$tools/collector.log" && exit 1; }
fi

if [ ! -d "$tools/kubernetes-validate" ]; then
  rm -rf "$tools/kubernetes-validate.part"
  python3 -m pip install --quiet --root-user-action=ignore --target "$tools/kubernetes-validate.part" kubernetes-validate==1.37.0
  mv "$tools/kubernetes-validate.part" "$tools/kubernetes-validate"
fi

# Unpacked, not installed: the package would start a server.
if [ ! -d "$tools/prometheus" ]; then
  mkdir -p "$tools/prometheus.part"
  # A fresh machine knows of no packages yet.
  apt-cache show prometheus >/dev/null 2>&1 || apt-get update -qq
  (cd "$tools/prometheus.part" && apt-get download -qq -o APT::Sandbox::User=root prometheus && dpkg -x prometheus_*.deb .)
  mv "$tools/prometheus.part" "$tools/prometheus"
fi
