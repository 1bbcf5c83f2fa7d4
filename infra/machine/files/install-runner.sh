#!/bin/sh
# Makes rootless Podman ready and installs gitlab-runner from GitLab's signed repository. An image that already has
# gitlab-runner keeps the version that it has.
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

# The package would start a runner of its own; ours is started by the agent and nobody else.
systemctl mask gitlab-runner.service
prepare_podman
command -v gitlab-runner >/dev/null || install_runner
: >"$STATE/installed"
