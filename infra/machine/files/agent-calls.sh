#!/bin/sh
# Part of agent.sh: how the agent speaks to the control plane.

# call METHOD PATH?QUERY BODY proven|unproven: sets STATUS (000 where there was no answer), fills $WORK/answer.
call() {
  printf '%s' "$3" >"$WORK/body"
  : >"$WORK/headers"
  [ -z "$3" ] || printf 'Content-Type: application/json\n' >"$WORK/headers"
  [ "$4" = unproven ] || proof "$1" "$2" >>"$WORK/headers"
  : >"$WORK/answer"
  : >"$WORK/answer-headers"
  set -- "$1" "$CLEANROOM_ORIGIN$2" "$3"
  [ -z "$3" ] || set -- "$@" --data-binary "@$WORK/body"
  [ -z "$CLEANROOM_ORIGIN_PIN" ] || set -- "$@" --pinnedpubkey "$CLEANROOM_ORIGIN_PIN"
  method=$1 url=$2
  shift 3
  STATUS=$(curl --silent --show-error --globoff --noproxy '*' --ipv4 --proto "=${CLEANROOM_ORIGIN%%:*}" \
    --connect-timeout 5 --max-time 10 --request "$method" --header "@$WORK/headers" --output "$WORK/answer" \
    --dump-header "$WORK/answer-headers" --write-out '%{http_code}' "$@" "$url") || STATUS=000
  rm -f "$WORK/body" "$WORK/headers"
}

proof() {
  at=$(date +%s)
  nonce=$(openssl rand -hex 16)
  digest=$(openssl dgst -sha256 -r "$WORK/body" | cut -d ' ' -f 1)
  printf '%s\n%s\n%s\n%s\n%s' "$1" "$2" "$at" "$nonce" "$digest" >"$WORK/signed"
  signature=$(openssl dgst -sha256 -sign "$KEY" "$WORK/signed" | openssl base64 -A)
  printf 'Authorization: Bearer %s\n' "$(cat "$CREDENTIAL")"
  printf 'Cleanroom-Time: %s\nCleanroom-Nonce: %s\nCleanroom-Proof: %s\n' "$at" "$nonce" "$signature"
}

# Waits as long as the last answer asked for, at most a minute, else as long as the argument says.
pause() {
  asked=$(sed -n 's/^[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *\([0-9]\{1,4\}\).*/\1/p' "$WORK/answer-headers" | head -n 1)
  asked=${asked:-$1}
  [ "$asked" -le 60 ] || asked=60
  sleep "$asked"
}
