import type { Loop } from '@cleanroom/kernel';
import { checkHetznerProject } from '../actions/check-connection.js';
import type { IdentityPorts } from '../ports.js';

/** Asks whether the token of each Hetzner project is still good. */
export const checkHetznerProjects: Loop<IdentityPorts> = {
  table: 'hetzner_check',
  step: checkHetznerProject,
};
