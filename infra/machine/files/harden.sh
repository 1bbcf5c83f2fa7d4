#!/bin/sh
# Closes every way in that a stock image has. Runs once, first of all that cloud-init runs.
set -eu

# Masked, not just disabled: no package and no timer brings them back.
for unit in ssh.service ssh.socket sshd.service getty.target getty@.service serial-getty@.service \
  autovt@.service console-getty.service debug-shell.service; do
  systemctl mask "$unit"
done
systemctl stop 'ssh*' 'getty@*' 'serial-getty@*' || true

# Without a password of root the rescue shells of the console refuse as well.
cut -d : -f 1 /etc/shadow | while IFS= read -r account; do
  usermod --lock "$account"
done
rm -f /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys
