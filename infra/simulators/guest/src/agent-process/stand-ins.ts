import type { AgentDisk } from './agent-disk.js';

/** Where the stand-in for gitlab-runner finds the simulator, under the guest's root. */
export const RUNNER_SOCKET = 'run/gitlab-runner.sock';
/** Is there while the guard's packet filter would be loaded. */
export const GUARD_LOADED = 'run/guard-loaded';

/**
 * Programs that the agent finds before the real ones. They are shell, so that nothing of ours runs inside the agent's
 * process, and they do for the guest what its own kernel, address and packages would do.
 */
export function putStandIns(disk: AgentDisk, address: string): void {
  const { root } = disk;
  const program = (name: string, ...lines: string[]): void =>
    disk.write(`bin/${name}`, ['#!/bin/sh', ...lines, ''].join('\n'), 0o755);
  program('curl', `exec /usr/bin/curl --interface '${address}' "$@"`);
  program('nft', `[ "$*" = 'list table inet cleanroom' ] && [ -e '${root}/${GUARD_LOADED}' ]`);
  program(
    'gitlab-runner',
    // What the agent asks for is checked word by word: the real one would refuse what it does not know.
    `[ "$1 $2 $3 $4" = '--log-format json run-single -c' ] && [ "$6 $7 $8" = '-r cleanroom --max-builds' ] && [ "$9" -ge 0 ] || {`,
    `  echo "flag provided but not defined: $*" >&2`,
    '  exit 2',
    '}',
    `exec /usr/bin/curl --silent --no-buffer --unix-socket '${root}/${RUNNER_SOCKET}' --data-binary "@$5" "http://runner/$9"`,
  );
}
