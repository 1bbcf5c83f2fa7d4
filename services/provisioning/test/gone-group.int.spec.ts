import { systemClock } from '@cleanroom/kernel';
import { removeOrphanGitLabRunners } from '../src/actions/remove-orphan-gitlab-runners.js';
import { gitlabMark } from '../src/domain/server-name.js';
import { ProviderError, type GitLabScope } from '../src/ports.js';
import { idleRunner } from './idle-runner.js';
import { newId } from './provisioning-world.js';

it.each([
  ['that is gone', 'not-found', 0],
  ['that GitLab closes to the token', 'refused', 2],
] as const)(
  'a group %s does not keep orphaned GitLab runners of the others',
  async (_, failure, warnings) => {
    const world = await idleRunner(systemClock, { works: false });
    const { organizationId, gitlabConnectionId: id, poolId, ports } = world;
    const orphan = { id: 77, description: 'cr-mch_x-g1' };
    Object.assign(world.gitlab.calls, {
      list: async ({ scopeId }: GitLabScope) => {
        if (scopeId === 1) return [orphan];
        throw new ProviderError(failure, 'not for you');
      },
      markOf: async () => gitlabMark('spec', newId('machine'), 1),
    });
    await ports.transactions.inOrganization(organizationId, async (tx) => {
      const pool = await tx.pools.find(poolId);
      if (!pool) throw new Error('the pool is not there');
      await tx.pools.insert(
        { ...pool, id: newId('pool'), name: 'gone', scopeId: 2, deleted: true },
        new Date(),
      );
    });
    await world.db.asAdmin('INSERT INTO observation (id, organization_id) VALUES ($1, $2)', [
      id,
      organizationId,
    ]);
    for (let look = 0; look < 2; look++) {
      await removeOrphanGitLabRunners(ports, { id, organizationId, epoch: 0n });
    }
    expect(world.gitlab.deleted).toEqual([orphan.id]);
    expect(world.lines.filter(({ msg }) => String(msg).includes('not for you'))).toHaveLength(warnings);
    await world.stop();
  },
);

it('GitLab is not asked for the marks of runners that machines are known to use', async () => {
  const world = await idleRunner(systemClock, { works: false });
  const { organizationId, gitlabConnectionId: id, ports } = world;
  const asked: number[] = [];
  Object.assign(world.gitlab.calls, {
    list: async () => [9, 77].map((one) => ({ id: one, description: 'cr-mch_x-g1' })),
    markOf: async (one: number) => {
      asked.push(one);
      return '';
    },
  });
  await world.db.asAdmin('INSERT INTO observation (id, organization_id) VALUES ($1, $2)', [
    id,
    organizationId,
  ]);
  await removeOrphanGitLabRunners(ports, { id, organizationId, epoch: 0n });
  expect(asked).toEqual([77]);
  await world.stop();
});
