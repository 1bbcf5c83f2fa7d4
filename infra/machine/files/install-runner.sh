#!/bin/sh
# install-runner.sh [SHA256 ORIGIN [ORIGIN_KEY]]
# Makes rootless Podman ready and installs gitlab-runner: the program of that hash from our origin, else the newest of
# GitLab's signed repository. An image that already has gitlab-runner keeps the version that it has.
set -eu
umask 022

# Sandbox for tests: every path below lies under it.
ROOT=${CLEANROOM_ROOT:-}

JOBS=cleanroom-jobs
STATE=$ROOT/var/lib/cleanroom
KEYRING=$ROOT/etc/apt/keyrings/gitlab-runner.asc
# GitLab B.V. package repository signing key, as published in GitLab's documentation.
FINGERPRINT=F6403F6544A38863DAA0B6E03F01618A51312F3F
REPOSITORY=https://packages.gitlab.com/runner/gitlab-runner/debian

trap '[ -e "$STATE/installed" ] || : >"$STATE/install-failed"' EXIT
mkdir -p "$STATE"

prepare_podman() {
  loginctl enable-linger "$JOBS"
  systemctl start "user@$(id -u "$JOBS").service"
  systemctl --machine "$JOBS@.host" --user enable --now podman.socket
}

primary_keys() {
  gpg --show-keys --with-colons "$KEYRING" |
    awk -F : '$1 == "pub" { primary = 1 } $1 == "fpr" && primary { print $10; primary = 0 }'
}

install_runner() {
  mkdir -p "${KEYRING%/*}"
  curl --silent --show-error --fail --proto '=https' --retry 5 --output "$KEYRING" https://packages.gitlab.com/gpg.key
  # apt trusts every key of the file: one more beside ours would sign as well as ours does.
  [ "$(primary_keys)" = "$FINGERPRINT" ] || {
    echo 'the repository is signed with a key that is not the one we know' >&2
    exit 1
  }
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  echo "deb [signed-by=$KEYRING] $REPOSITORY $codename main" >"$ROOT/etc/apt/sources.list.d/gitlab-runner.list"
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends gitlab-runner
}

# fetch_runner SHA256 ORIGIN [ORIGIN_KEY]
fetch_runner() {
  program=$ROOT/usr/local/bin/gitlab-runner
  mkdir -p "${program%/*}"
  curl --silent --show-error --fail --noproxy '*' --proto "=${2%%:*}" --retry 5 \
    ${3:+--pinnedpubkey "sha256//$3"} --output "$program.part" "$2/machine/v1/files/$1"
  printf '%s  %s\n' "$1" "$program.part" | sha256sum --check --quiet - || {
    rm -f "$program.part"
    echo 'gitlab-runner is not the program that we know' >&2
    exit 1
  }
  chmod 0755 "$program.part"
  mv "$program.part" "$program"
}

# The package would start a runner of its own; ours is started by the agent and nobody else.
systemctl mask gitlab-runner.service
prepare_podman
if ! command -v gitlab-runner >/dev/null; then
  if [ -n "${1:-}" ]; then fetch_runner "$@"; else install_runner; fi
fi
: >"$STATE/installed"
