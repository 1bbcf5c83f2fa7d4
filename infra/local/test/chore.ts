import type { TestInstallation } from './installation.js';

/** What work is done with. */
export interface Ids {
  hetznerProjectId: string;
  gitlabConnectionId: string;
  policyId: string;
  poolId: string;
  /** A pool whose runner nobody wakes. */
  restingPoolId: string;
}

/** @param turn how often it was done before */
export type Chore = (installation: TestInstallation, ids: Ids, turn: number) => Promise<void>;
