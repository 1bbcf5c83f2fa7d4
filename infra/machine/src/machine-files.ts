import { readFileSync } from 'node:fs';
import type { WrittenFile } from './written-file.js';

/** Beside both `src` and `dist`. */
const folder = new URL('../files/', import.meta.url);

const places = [
  ['agent.sh', '/usr/local/lib/cleanroom/agent.sh', '0700'],
  ['agent-calls.sh', '/usr/local/lib/cleanroom/agent-calls.sh', '0600'],
  ['agent-enrolment.sh', '/usr/local/lib/cleanroom/agent-enrolment.sh', '0600'],
  ['agent-reports.sh', '/usr/local/lib/cleanroom/agent-reports.sh', '0600'],
  ['agent-runner.sh', '/usr/local/lib/cleanroom/agent-runner.sh', '0600'],
  ['harden.sh', '/usr/local/lib/cleanroom/harden.sh', '0700'],
  ['install-runner.sh', '/usr/local/lib/cleanroom/install-runner.sh', '0700'],
  ['config.toml', '/etc/cleanroom/config.toml', '0600'],
  ['guard.nft', '/etc/cleanroom/guard.nft', '0600'],
  ['cleanroom-agent.service', '/etc/systemd/system/cleanroom-agent.service', '0644'],
  ['cleanroom-guard.service', '/etc/systemd/system/cleanroom-guard.service', '0644'],
] as const;

/** A file of `files/` and where it lies on the machine. */
export interface MachineFile {
  readonly path: string;
  readonly permissions: WrittenFile['permissions'];
  readonly content: string;
}

/** The files that every machine gets, read once. */
export const machineFiles: readonly MachineFile[] = places.map(([name, path, permissions]) => ({
  path,
  permissions,
  content: readFileSync(new URL(name, folder), 'utf8'),
}));
