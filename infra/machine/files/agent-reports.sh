#!/bin/sh
# Part of agent.sh: what the agent tells the control plane.

owe() { OWED="$OWED $1"; }

# Sends what is owed, in order; what gets no answer is tried again at the next tick.
pay() {
  while [ -n "$OWED" ]; do
    # shellcheck disable=SC2086 # one word each
    set -- $OWED
    report "$1" || return 0
    shift
    OWED=$*
  done
}

report() {
  body=$(printf '"event":"%s"' "$1")
  case $1 in job-*) body="$body,\"jobId\":$JOB" ;; esac
  case $1 in job-finished) body="$body,\"exitCode\":${EXIT_CODE:-1}" ;; esac
  case $1 in failed) body="$body,\"message\":\"$MESSAGE\"" ;; esac
  call POST /machine/v1/report "{$body}" proven
  case $STATUS in
    2*) return 0 ;;
    410) over 'this generation is over' ;;
    401) renew ;;
    400 | 404 | 422)
      log "the report $1 was refused with $STATUS"
      case $1 in job-*) UNHEARD=$1 ;; esac
      return 0
      ;;
  esac
  log "the report $1 was answered with $STATUS"
  return 1
}

# A control plane that does not know of the job would take this machine for one that is still clean.
await_heard() {
  while [ -n "$OWED" ]; do
    upkeep
    [ -z "$OWED" ] || sleep "$TICK"
  done
  [ -z "$UNHEARD" ] || fail "nobody hears the report $UNHEARD"
}

fail() {
  MESSAGE=$1
  log "$MESSAGE"
  owe failed
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
    # A credential lives an hour.
    [ -z "$(find "$CREDENTIAL" -mmin +30)" ] || renew
    report alive || true
  fi
}
