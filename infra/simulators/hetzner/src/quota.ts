import { limitExceeded } from './api-error.js';
import { serverTypeNamed } from './wire/server-type-body.js';
import { primaryIpCount, serverCount } from './census.js';
import type { LimitKind, Project } from './state.js';
import { nowOf, type World } from './world.js';

const names: Record<LimitKind, [what: string, limit: string]> = {
  servers: ['server', 'server_limit'],
  primaryIps: ['Primary IP', 'primary_ip_limit'],
  dedicatedCores: ['dedicated core', 'dedicated_core_limit'],
  firewalls: ['firewall', 'firewall_limit'],
  sshKeys: ['SSH key', 'ssh_key_limit'],
  networks: ['network', 'network_limit'],
  placementGroups: ['placement group', 'placement_group_limit'],
};

/** Refuses with 403 what the account may hold no more of. */
export function requireQuota(world: World, project: Project, kind: LimitKind, wanted = 1): void {
  if (wanted === 0 || used(world, project, kind) + wanted <= world.capacity.limits[kind]) return;
  throw limitExceeded(...names[kind]);
}

/** A deleted resource counts for a while longer, which surprises whoever replaces one at the limit. */
export function holdQuota(world: World, project: Project, kind: LimitKind, amount = 1): void {
  const delay = world.latency.releaseQuota();
  if (amount > 0 && delay > 0) project.quotaHolds.push({ kind, amount, until: nowOf(world) + delay });
}

/** Cores of a type that count against the limit of dedicated ones. */
export function dedicatedCores(typeName: string): number {
  const type = serverTypeNamed(typeName);
  return type.cpuType === 'dedicated' ? type.cores : 0;
}

function used(world: World, project: Project, kind: LimitKind): number {
  const now = nowOf(world);
  project.quotaHolds = project.quotaHolds.filter(({ until }) => until > now);
  const held = project.quotaHolds.filter((hold) => hold.kind === kind);
  const holding = held.reduce((sum, { amount }) => sum + amount, 0);
  if (kind === 'servers') return holding + serverCount(project);
  if (kind === 'primaryIps') return holding + primaryIpCount(project);
  if (kind !== 'dedicatedCores') return holding + Object.keys(project[kind]).length;
  return Object.values(project.servers).reduce((sum, { type }) => sum + dedicatedCores(type), holding);
}
