import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';

const PROGRAMS = '/usr/sbin:/usr/bin:/sbin:/bin';
/** What bubblewrap says of itself begins with its name. */
const OF_BUBBLEWRAP = 'bwrap: ';

/** A program that can be heard. */
export type SandboxedProgram = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Runs a program in a folder that is all it can write to. It finds the folder's own programs before those of the host.
 *
 * @param environment all that it knows of the outside
 */
export function spawnInSandbox(
  root: string,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
): SandboxedProgram {
  const known = Object.entries({ PATH: `${root}/bin:${PROGRAMS}`, ...environment });
  const handed = known.flatMap(([name, value]) => ['--setenv', name, value]);
  return spawn('bwrap', [...confinement(root), ...handed, ...words], {
    // Bubblewrap itself must be the host's, whatever the folder holds by its name.
    env: { PATH: PROGRAMS },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that cutting the power takes everything that it started.
    detached: true,
  });
}

/** Whether a line tells that there is no sandbox, so that the program did not begin. */
export const isOfBubblewrap = (line: string): boolean => line.startsWith(OF_BUBBLEWRAP);

/** Why the real agent cannot run on this machine; undefined where it can. */
export function whyNoAgent(): string | undefined {
  const probe = ['sh', '-c', 'command -v curl && command -v openssl'];
  const options = { env: { PATH: PROGRAMS }, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync('bwrap', [...confinement(tmpdir()), ...probe], options);
  if (status === 0) return undefined;
  const said = (stderr ?? '').trim();
  return isOfBubblewrap(said)
    ? `No sandbox can be made here: ${said}`
    : 'apt-get install bubblewrap curl openssl';
}

/**
 * What the agent sees of the host: its programs, and nothing that it could write to but its own folder. The network is the
 * host's, because the agent speaks from an address there. It must not outlive a simulator that is killed.
 */
const confinement = (root: string): string[] => [
  ...['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--tmpfs', '/root'],
  ...['--bind', root, root, '--chdir', root],
  ...['--unshare-pid', '--unshare-ipc', '--die-with-parent', '--cap-drop', 'ALL'],
];
