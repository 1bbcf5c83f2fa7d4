#!/bin/sh
# Part of agent.sh: how the agent speaks to the control plane.

# call METHOD PATH?QUERY BODY: sets STATUS (000 where there was no answer), fills $WORK/answer.
call() {
  printf '%s' "$3" >"$WORK/body"
  : >"$WORK/headers"
  [ -z "$3" ] || printf 'Content-Type: application/json\n' >"$WORK/headers"
  proof "$1" "$2" >>"$WORK/headers"
  : >"$WORK/answer"
  : >"$WORK/answer-headers"
  set -- "$1" "$ORIGIN$2" "$3"
  [ -z "$3" ] || set -- "$@" --data-binary "@$WORK/body"
  [ -z "$ORIGIN_KEY" ] || set -- "$@" --pinnedpubkey "sha256//$ORIGIN_KEY"
  method=$1 url=$2
  shift 3
  STATUS=$(curl --silent --show-error --globoff --noproxy '*' --ipv4 --proto "=${ORIGIN%%:*}" \
    --connect-timeout 5 --max-time 10 --request "$method" --header "@$WORK/headers" --output "$WORK/answer" \
    --dump-header "$WORK/answer-headers" --write-out '%{http_code}' "$@" "$url") || STATUS=000
  rm -f "$WORK/body" "$WORK/headers"
}

proof() {
  # The nanoseconds are cut off here, because not every date knows a shorter form.
  at=$(date +%s%N)
  at=${at%??????}
  digest=$(openssl dgst -sha256 -r "$WORK/body" | cut -d ' ' -f 1)
  printf '%s\n%s\n%s\n%s' "$1" "$2" "$at" "$digest" >"$WORK/signed"
  signature=$(openssl dgst -sha256 -sign "$KEY" "$WORK/signed" | openssl base64 -A)
  # An enrolment is proof of the key alone.
  [ ! -s "$CREDENTIAL" ] || printf 'Authorization: Bearer %s\n' "$(cat "$CREDENTIAL")"
  printf 'X-Machine-Time: %s\nX-Machine-Signature: %s\n' "$at" "$signature"
}

# Whether the last answer may be followed by another try: there was none, or it says that another could go better.
may_try_again() {
  case $STATUS in
    000 | 202 | 429 | 5??) return 0 ;;
    # A clock that is off for a while, or a detour of its calls, must not cost a job: only 410 says that it is over.
    401) job_runs ;;
    *) return 1 ;;
  esac
}

# give_up_from SECONDS WHAT: ends the agent where that has been tried for too long.
give_up_from() {
  [ $(($(date +%s) - $1)) -lt "$GIVE_UP_AFTER" ] || over "gave up $2 after $GIVE_UP_AFTER seconds"
}

# As long as the last answer asked for, at most a minute, else five seconds.
retry_after() {
  asked=$(sed -n 's/^[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *\([0-9]\{1,4\}\).*/\1/p' "$WORK/answer-headers" | head -n 1)
  if [ -z "$asked" ]; then
    echo "$RETRY_AFTER"
  elif [ "$asked" -le 60 ]; then
    echo "$asked"
  else
    echo 60
  fi
}

pause() { sleep "$(retry_after)"; }
