import type { RunnerTrouble } from './runner.js';

/** What no machine can be ordered without, and is not there. */
export interface OrderLack {
  readonly reason: string;
  readonly trouble: RunnerTrouble;
}

/** The gravest first. */
const lacks = {
  noProject: { reason: 'its Hetzner project is disconnected', trouble: 'CREDENTIALS' },
  noGitLab: { reason: 'its GitLab is disconnected', trouble: 'CREDENTIALS' },
  hetzner: { reason: 'the Hetzner credentials are not accepted', trouble: 'CREDENTIALS' },
  gitlab: { reason: 'the GitLab credentials are not accepted', trouble: 'CREDENTIALS' },
  sshKey: { reason: 'its Hetzner project has no SSH key of ours yet', trouble: 'UNPREPARED' },
  firewall: { reason: 'its Hetzner project has no baseline firewall yet', trouble: 'UNPREPARED' },
} as const satisfies Record<string, OrderLack>;

/** What is known of the project and the GitLab of a pool; `undefined`: there is none any more. */
export interface OrderNeeds {
  readonly project:
    { readonly usable: boolean; readonly sshKeyId: number; readonly baselineFirewallId: number } | undefined;
  readonly gitlab: { readonly usable: boolean } | undefined;
}

/** Null where an order could go out. */
export function orderLack({ project, gitlab }: OrderNeeds): OrderLack | null {
  if (!project) return lacks.noProject;
  if (!gitlab) return lacks.noGitLab;
  if (!project.usable) return lacks.hetzner;
  // A machine that GitLab would give no runner to could do nothing but cost money.
  if (!gitlab.usable) return lacks.gitlab;
  if (project.sshKeyId === 0) return lacks.sshKey;
  return project.baselineFirewallId === 0 ? lacks.firewall : null;
}

/** Whether it is for such a lack that a runner sleeps. */
export const isLack = (reason: string | null): boolean =>
  Object.values(lacks).some((lack) => lack.reason === reason);
