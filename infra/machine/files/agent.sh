#!/bin/sh
# The agent of one machine: enrols once, waits until the machine may work, runs gitlab-runner for as many jobs as it is
# told, asks whether it may start it again, tells the control plane what happens, and keeps the job's identity tokens
# fresh. Runs as root under systemd.
#
# No secret is ever an argument of a command: arguments can be read by every process of the machine.
set -eu
umask 077

# Sandbox for tests: every path below lies under it, and the periods (seconds) can be shortened.
ROOT=${CLEANROOM_ROOT:-}
TICK=${CLEANROOM_TICK:-1}
ALIVE_EVERY=${CLEANROOM_ALIVE_EVERY:-60}
GIVE_UP_AFTER=${CLEANROOM_GIVE_UP_AFTER:-600}
# Until the next try, where an answer does not say so.
RETRY_AFTER=${CLEANROOM_RETRY_AFTER:-5}
TOKENS_EVERY=${CLEANROOM_TOKENS_EVERY:-120}

SETTINGS=$ROOT/etc/cleanroom/machine.json
TEMPLATE=$ROOT/etc/cleanroom/config.toml
STATE=$ROOT/var/lib/cleanroom
WORK=$ROOT/run/cleanroom/agent
IDENTITY=$ROOT/run/cleanroom/identity
KEY=$STATE/key.pem
CREDENTIAL=$STATE/credential
CONFIG=$STATE/config.toml
RUNNER_LOG=$STATE/runner.log
JOB_FILE=$STATE/job

RUNNER_PID=
JOB=
EXIT_CODE=
OWED=
OWED_SINCE=0
PAY_AT=0
PART=
LAST_ALIVE=0
LAST_TOKENS=0

HERE=${0%/*}
# shellcheck source-path=SCRIPTDIR source=agent-calls.sh
. "$HERE/agent-calls.sh"
# shellcheck source-path=SCRIPTDIR source=agent-enrolment.sh
. "$HERE/agent-enrolment.sh"
# shellcheck source-path=SCRIPTDIR source=agent-runner.sh
. "$HERE/agent-runner.sh"
# shellcheck source-path=SCRIPTDIR source=agent-reports.sh
. "$HERE/agent-reports.sh"

log() { printf '%s\n' "$*" >&2; }

over() {
  log "$1"
  [ -z "$RUNNER_PID" ] || kill -TERM "$RUNNER_PID" 2>/dev/null || true
  rm -rf "$CONFIG" "$IDENTITY" "$WORK"
  exit 0
}

load_settings() {
  ORIGIN=$(text_of origin "$SETTINGS")
  ORIGIN_KEY=$(text_of originKey "$SETTINGS")
  MACHINE=$(text_of machineId "$SETTINGS")
  GENERATION=$(number_of generation "$SETTINGS")
  TICKET=$(text_of ticket "$SETTINGS")
  # Everything that is put into JSON or a URL below is checked here, so that nothing has to be escaped there.
  must_match "$ORIGIN" '^https\{0,1\}://[][A-Za-z0-9.:-]\{1,\}$' origin
  must_match "$ORIGIN_KEY" '^[A-Za-z0-9+/=]*$' 'key of the origin'
  must_match "$MACHINE" '^[A-Za-z0-9_-]\{1,\}$' machine
  must_match "$GENERATION" '^[0-9]\{1,\}$' generation
  must_match "$TICKET" '^[A-Za-z0-9_-]*$' ticket
}

must_match() {
  if ! printf '%s\n' "$1" | grep -q "$2"; then
    log "the settings hold no usable $3"
    exit 1
  fi
}

text_of() { sed -n 's/.*"'"$1"'" *: *"\([^"\\]*\)".*/\1/p' "$2" | head -n 1; }
# Older releases of gitlab-runner write a job's number as text.
number_of() { sed -n 's/.*"'"$1"'" *: *"\{0,1\}\([0-9]\{1,\}\).*/\1/p' "$2" | head -n 1; }

put() {
  cat >"$1.new"
  mv "$1.new" "$1"
}

main() {
  trap 'over "asked to stop"' TERM INT
  mkdir -p "$STATE" "$WORK"
  load_settings
  enrol
  forget_user_data
  # What became of a job that was cut off nobody here can tell.
  [ ! -e "$JOB_FILE" ] || fail 'the agent was started again after its job had begun'
  while :; do
    await_config
    await_installation
    start_runner
    run_jobs
  done
}

main
