#!/bin/sh
# Part of agent.sh: gitlab-runner's configuration, its start, what its log says, and the tokens of its job.

# Also says whether a machine that has run a job may run another: 410 means that it may not.
await_config() {
  since=$(date +%s)
  while :; do
    upkeep
    call GET /machine/v1/runner ''
    [ "$STATUS" = 200 ] && write_config && return
    [ "$STATUS" = 202 ] || log "asking for the runner was answered with $STATUS"
    may_try_again || over 'this generation is over, or had its job'
    give_up_from "$since" 'waiting for the runner'
    pause
  done
}

write_config() {
  url=$(text_of gitlabUrl "$WORK/answer")
  token=$(text_of token "$WORK/answer")
  id=$(number_of runnerId "$WORK/answer")
  MAX_BUILDS=$(number_of maxBuilds "$WORK/answer")
  rm -f "$WORK/answer"
  must_match "$url" '^https\{0,1\}://[][A-Za-z0-9._~:/%-]*$' 'address of GitLab'
  must_match "$token" '^[A-Za-z0-9._-]\{1,\}$' 'runner token'
  must_match "$id" '^[0-9]\{1,\}$' 'runner id'
  must_match "$MAX_BUILDS" '^[0-9]\{1,\}$' 'number of jobs'
  # By standard input: a token among sed's arguments could be read by others.
  printf 's|@GITLAB_URL@|%s|\ns|@RUNNER_TOKEN@|%s|\ns|@RUNNER_ID@|%s|\n' "$url" "$token" "$id" |
    sed -f - "$TEMPLATE" | put "$CONFIG"
}

await_installation() {
  while [ ! -e "$STATE/installed" ]; do
    [ ! -e "$STATE/install-failed" ] || fail 'gitlab-runner could not be installed'
    sleep "$TICK"
  done
  nft list table inet cleanroom >/dev/null 2>&1 || fail 'the metadata service is not closed'
}

start_runner() {
  JOB=
  EXIT_CODE=
  PART=
  LAST_TOKENS=0
  # The control plane knows that the job before is over, or it had not handed out the configuration again.
  rm -f "$JOB_FILE"
  : >"$RUNNER_LOG"
  mkdir -p "$IDENTITY"
  chmod 0755 "$IDENTITY"
  env -i PATH="$PATH" HOME="$STATE" \
    gitlab-runner --log-format json run-single -c "$CONFIG" -r cleanroom --max-builds "$MAX_BUILDS" >>"$RUNNER_LOG" 2>&1 &
  RUNNER_PID=$!
  exec 3<"$RUNNER_LOG"
  owe RUNNER_STARTED
}

# Reads what the runner has logged since the last time; a line that is not finished yet is kept for the next.
follow_log() {
  while :; do
    line=
    if IFS= read -r line <&3; then
      heed "$PART$line"
      PART=
    else
      PART=$PART$line
      return 0
    fi
  done
}

heed() {
  printf '%s\n' "$1" >"$WORK/line"
  job=$(number_of job "$WORK/line")
  message=$(text_of msg "$WORK/line")
  [ -n "$job" ] || return 0
  # A job that is cancelled before its first line does not count for gitlab-runner: it then takes another, on a machine
  # that is still clean.
  if [ "$job" != "$JOB" ]; then
    JOB=$job
    EXIT_CODE=
    LAST_TOKENS=0
    printf '%s\n' "$JOB" | put "$JOB_FILE"
    owe JOB_STARTED "$JOB"
  fi
  case $message in
    'Job succeeded'*) EXIT_CODE=0 ;;
    'Job failed: exit code '[0-9]*)
      EXIT_CODE=${message#Job failed: exit code }
      EXIT_CODE=${EXIT_CODE%%[!0-9]*}
      ;;
    'Job failed'*) EXIT_CODE=1 ;;
  esac
  # The next job waits for tokens of its own.
  [ -z "$EXIT_CODE" ] || rm -f "$IDENTITY"/*
}

job_runs() { [ -n "$JOB" ] && [ -z "$EXIT_CODE" ] && [ -n "$RUNNER_PID" ]; }

tokens() {
  now=$(date +%s)
  [ $((now - LAST_TOKENS)) -ge "$TOKENS_EVERY" ] || return 0
  origin=$(printf '%s' "$ORIGIN" | sed 's|:|%3A|g; s|/|%2F|g')
  if token aws sts.amazonaws.com && token azure 'api%3A%2F%2FAzureADTokenExchange' && token cleanroom "$origin"; then
    LAST_TOKENS=$now
  fi
}

token() {
  call GET "/machine/v1/token?audience=$2" ''
  case $STATUS in 401 | 410) may_try_again || over 'this generation is over' ;; esac
  jwt=$(text_of token "$WORK/answer")
  rm -f "$WORK/answer"
  if [ "$STATUS" != 200 ] || [ -z "$jwt" ]; then
    log "asking for the token $1 was answered with $STATUS"
    return 1
  fi
  # The job's user is another one; the directory holds what this job may know and nothing else.
  (umask 022 && printf '%s' "$jwt" | put "$IDENTITY/$1")
}

run_jobs() {
  while kill -0 "$RUNNER_PID" 2>/dev/null; do
    follow_log
    ! job_runs || tokens
    upkeep
    sleep "$TICK"
  done
  code=0
  wait "$RUNNER_PID" || code=$?
  RUNNER_PID=
  follow_log
  rm -rf "$CONFIG" "$IDENTITY"
  [ -n "$JOB" ] || fail "gitlab-runner ended with $code before it had a job"
  owe RUNNER_EXITED "$JOB" "${EXIT_CODE:-1}"
  await_heard
}
