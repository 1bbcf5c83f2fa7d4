import { randomBytes } from 'node:crypto';
import type { Job } from './job.js';
import { newKeyPair } from './proof.js';
import type { KeyPair } from './proof.js';

/** What `GET /machine/v1/runner` answered. */
export interface RunnerConfig {
  readonly gitlabUrl: string;
  readonly runnerId: number;
  readonly token: string;
  /** 0 is no limit. */
  readonly maxBuilds: number;
}

/** What the agent keeps: a reboot goes on from it. */
export interface GuestDisk {
  /** Of the life that all the rest belongs to. */
  ticket: string;
  keyPair: KeyPair;
  /** As gitlab-runner derives it from a machine id, of which every installation has its own. */
  systemId: string;
  credential?: string;
  runner?: RunnerConfig;
  /** Jobs that the runner has taken since it was started. */
  builds?: number;
  /** The job that it took last, also when it is over: the next one needs the control plane's word. */
  job?: Job;
}

/** Opens the disk; what another life left on it is not read. */
export function openDisk(disk: Record<string, unknown>, ticket: string): GuestDisk {
  if (disk.ticket !== ticket) {
    for (const name of Object.keys(disk)) delete disk[name];
    Object.assign(disk, { ticket, keyPair: newKeyPair(), systemId: `s_${randomBytes(6).toString('hex')}` });
  }
  return disk as unknown as GuestDisk;
}
