import { refusal, type Refusal } from '@cleanroom/kernel';
import { checkPoolForm, type PoolWish } from '../domain/check-pool.js';
import { parseDuration } from '../domain/duration.js';
import { plainTags } from '../domain/plain-tags.js';
import type { Pool } from '../domain/pool.js';
import {
  ProviderError,
  type Answer,
  type ProvisioningPorts,
  type ProvisioningTransaction,
} from '../ports.js';
import { addRunners } from './add-runners.js';
import { checkWithGitLab } from './check-with-gitlab.js';
import { checkWithHetzner } from './check-with-hetzner.js';
import { refuseGrowth } from './refuse-growth.js';

export type NewPool = Required<PoolWish> & {
  readonly gitlabConnectionId: string;
  readonly hetznerProjectId: string;
};

/** Makes a pool and its runners, after everything it names was found to exist. */
export async function createPool(
  ports: ProvisioningPorts,
  organizationId: string,
  wish: NewPool,
): Promise<Answer<Pool>> {
  const { transactions, now, newId } = ports;
  const malformed = checkPoolForm(wish);
  const unconnected = await transactions.inOrganization(organizationId, (tx) => checkConnected(tx, wish));
  if (malformed.length + unconnected.length > 0) return { refusals: [...malformed, ...unconnected] };
  const outside = await checkOutside(ports, organizationId, wish);
  if (outside.refusals.length > 0) return { refusals: outside.refusals };
  return transactions.inOrganization(organizationId, async (tx) => {
    // Once more: either may have been disconnected while it was asked.
    const gone = await checkConnected(tx, wish);
    if (gone.length > 0) return { refusals: gone };
    const pool = poolFrom(newId('pool'), organizationId, wish, outside.scopeId);
    if (await tx.pools.findByName(pool.name)) {
      return {
        refusals: [refusal('ALREADY_EXISTS', `A pool named "${pool.name}" exists.`, 'input', 'name')],
      };
    }
    const unpaid = await refuseGrowth(tx, pool.id, now(), ['input', 'size']);
    if (unpaid.length > 0) return { refusals: unpaid };
    await tx.pools.insert(pool, now());
    await addRunners(ports, tx, pool, [], pool.size);
    return { value: pool };
  });
}

const checkConnected = async (
  tx: ProvisioningTransaction,
  { hetznerProjectId, gitlabConnectionId }: NewPool,
): Promise<Refusal[]> => [
  ...((await tx.project(hetznerProjectId)) ? [] : [notFound('Hetzner project', 'hetznerProjectId')]),
  ...((await tx.gitlab(gitlabConnectionId)) ? [] : [notFound('GitLab connection', 'gitlabConnectionId')]),
];

const notFound = (what: string, field: string): Refusal =>
  refusal('NOT_FOUND', `No such ${what}.`, 'input', field);

/** What only Hetzner and GitLab can say about a wish. */
async function checkOutside(
  { providers }: ProvisioningPorts,
  organizationId: string,
  wish: NewPool,
): Promise<{ refusals: Refusal[]; scopeId: number }> {
  const servers = await providers.serversOf(organizationId, wish.hetznerProjectId);
  if (!servers) return { refusals: [credentials('Hetzner', 'hetznerProjectId')], scopeId: 0 };
  const gitlab = await providers.gitlabOf(organizationId, wish.gitlabConnectionId);
  if (!gitlab) return { refusals: [credentials('GitLab', 'gitlabConnectionId')], scopeId: 0 };
  try {
    const refusals = await checkWithHetzner(servers, wish);
    const found = await checkWithGitLab(gitlab, wish.scope);
    return { refusals: [...refusals, ...found.refusals], scopeId: found.scopeId };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return {
      refusals: [refusal('CONFLICT', 'Hetzner or GitLab does not answer now. Try again.', 'input')],
      scopeId: 0,
    };
  }
}

const credentials = (system: string, field: string): Refusal =>
  refusal(
    'CREDENTIALS_INVALID',
    `${system} does not accept the stored credentials. Replace them first.`,
    'input',
    field,
  );

const poolFrom = (id: string, organizationId: string, wish: NewPool, scopeId: number): Pool => ({
  id,
  organizationId,
  version: 1,
  name: wish.name.trim(),
  gitlabConnectionId: wish.gitlabConnectionId,
  hetznerProjectId: wish.hetznerProjectId,
  scopeKind: wish.scope.kind,
  scopePath: wish.scope.fullPath ?? '',
  scopeId,
  tags: plainTags(wish.tags),
  runUntagged: wish.runUntagged,
  protectedRefsOnly: wish.protectedOnly,
  serverTypes: wish.serverTypes,
  locations: wish.locations,
  image: wish.image,
  size: wish.size,
  freshMachine: wish.freshMachine,
  idleTimeoutSeconds: parseDuration(wish.idleTimeout) ?? 0,
  maxMachineAgeSeconds: parseDuration(wish.maxMachineAge) ?? 0,
  paused: false,
  deleting: false,
  deleted: false,
  wanted: 0,
  wantedBecause: '',
  policyIds: [],
});
