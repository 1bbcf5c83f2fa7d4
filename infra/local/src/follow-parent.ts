// Loaded before the program of every child (--import): when the launcher is gone, even by SIGKILL, the child goes too.
import { spawn } from 'node:child_process';

/** A little more than the orderly stop of a service may take. */
const SECONDS_TO_END = 9;

/** Ends a process that is still there then. */
const watch = `
  left="$1"; while [ "$left" -gt 0 ]; do kill -0 "$2" 2>/dev/null || exit 0; sleep 1; left=$((left - 1)); done
  kill -KILL "$2" 2>/dev/null`;

process.on('disconnect', () => {
  // Node itself may hang while it exits (https://github.com/nodejs/node/issues/54918), and nobody else is left to see it.
  spawn('sh', ['-c', watch, 'watch', String(SECONDS_TO_END), String(process.pid)], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: '/usr/bin:/bin' },
  }).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
