import type { Loop } from '@cleanroom/kernel';
import type { IdentityPorts } from '../ports.js';
import { checkGitlabConnections } from './check-gitlab-connections.js';
import { checkHetznerProjects } from './check-hetzner-projects.js';
import { keepStaticIps } from './keep-static-ips.js';

/** What this service does by itself. */
export const loops: readonly Loop<IdentityPorts>[] = [
  checkGitlabConnections,
  checkHetznerProjects,
  keepStaticIps,
];
