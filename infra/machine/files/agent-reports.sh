#!/bin/sh
# Part of agent.sh: what the agent tells the control plane.

# owe EVENT [JOB [EXIT_CODE]]
owe() {
  [ -n "$OWED" ] || OWED_SINCE=$(date +%s)
  OWED="$OWED $1:${2:-}:${3:-}"
}

# Sends what is owed, in order; what gets no answer is tried again later.
pay() {
  [ "$(date +%s)" -ge "$PAY_AT" ] || return 0
  while [ -n "$OWED" ]; do
    # shellcheck disable=SC2086 # one word each
    set -- $OWED
    if ! report "$1"; then
      wait_for=$(retry_after)
      PAY_AT=$(($(date +%s) + ${wait_for%.*}))
      # While a job runs it is not the job's fault that nobody hears of it.
      [ -n "$RUNNER_PID" ] || give_up_from "$OWED_SINCE" reporting
      return 0
    fi
    OWED_SINCE=$(date +%s)
    shift
    OWED=$*
  done
}

# report EVENT:JOB:EXIT_CODE
report() {
  event=${1%%:*}
  rest=${1#*:}
  job=${rest%%:*}
  code=${rest#*:}
  body=$(printf '"event":"%s","at":"%s"' "$event" "$(date -u +%Y-%m-%dT%H:%M:%SZ)")
  [ -z "$job" ] || body="$body,\"gitlabJobId\":$job"
  [ -z "$code" ] || body="$body,\"exitCode\":$code"
  [ "$event" != ALIVE ] || body="$body,\"busy\":$(job_runs && echo true || echo false)"
  [ "$event" != FAILED ] || body="$body,\"message\":\"$MESSAGE\""
  call POST /machine/v1/report "{$body}"
  case $STATUS in 2*) return 0 ;; esac
  log "the report $event was answered with $STATUS"
  may_try_again || over 'this generation is over'
  return 1
}

# A control plane that does not know of the job would take this machine for one that is still clean.
await_heard() {
  while [ -n "$OWED" ]; do
    upkeep
    [ -z "$OWED" ] || sleep "$TICK"
  done
}

fail() {
  MESSAGE=$1
  log "$MESSAGE"
  owe FAILED
  remain
}

# Nothing more is done here: the machine says that it lives until it is told that its generation is over.
remain() {
  while :; do
    upkeep
    sleep "$TICK"
  done
}

upkeep() {
  pay
  now=$(date +%s)
  if [ $((now - LAST_ALIVE)) -ge "$ALIVE_EVERY" ]; then
    LAST_ALIVE=$now
    report ALIVE:: || true
  fi
}
