#!/bin/sh
# Part of agent.sh: from the ticket to a credential, and what is forgotten after that.

enrol() {
  [ -s "$KEY" ] || openssl ecparam -name prime256v1 -genkey -noout | put "$KEY"
  public_key=$(openssl ec -in "$KEY" -pubout 2>/dev/null | awk '{ printf "%s\\n", $0 }')
  who=$(printf '"machineId":"%s","generation":%s' "$MACHINE" "$GENERATION")
  since=$(date +%s)
  # The key stays the same over all tries: after a lost answer the same enrolment may be asked for again.
  while [ ! -s "$CREDENTIAL" ]; do
    call POST /machine/v1/enrol "$(printf '{%s,"ticket":"%s","publicKey":"%s"}' "$who" "$TICKET" "$public_key")"
    [ "$STATUS" = 201 ] && keep_credential && break
    log "enrolment was answered with $STATUS"
    may_try_again || over 'nobody lets this machine in'
    give_up_from "$since" enrolling
    pause
  done
}

keep_credential() {
  credential=$(text_of credential "$WORK/answer")
  rm -f "$WORK/answer"
  [ -n "$credential" ] || return 1
  printf '%s' "$credential" | put "$CREDENTIAL"
}

# The ticket is spent, and still nobody needs to read it. Without cloud-init a reboot brings no copy back.
forget_user_data() {
  sed 's/ *, *"ticket" *: *"[^"]*"//' "$SETTINGS" | put "$SETTINGS"
  TICKET=
  mkdir -p "$ROOT/etc/cloud"
  : >"$ROOT/etc/cloud/cloud-init.disabled"
  cloud=$ROOT/var/lib/cloud
  rm -f "$cloud"/instances/*/user-data.txt* "$cloud"/instances/*/vendor-data*.txt* \
    "$cloud"/instances/*/cloud-config.txt "$cloud"/instances/*/obj.pkl \
    "$ROOT"/run/cloud-init/instance-data-sensitive.json "$ROOT"/run/cloud-init/combined-cloud-config.json
}
