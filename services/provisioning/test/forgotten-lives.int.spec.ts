import { systemClock, type WorkLease } from '@cleanroom/kernel';
import { observeServers } from '../src/actions/observe-servers.js';
import { removeOrphanGitLabRunners } from '../src/actions/remove-orphan-gitlab-runners.js';
import { serveConfiguration } from '../src/actions/serve-configuration.js';
import { takeReport } from '../src/actions/take-report.js';
import { gitlabMark, serverLabels } from '../src/domain/server-name.js';
import type { ProviderServer, Servers } from '../src/ports.js';
import { idleRunner, newId } from './idle-runner.js';

let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

const CREATED = new Date(Date.now() - 600_000);
const observation = async (id: string): Promise<WorkLease> => {
  const { organizationId, db } = world;
  await db.asAdmin('INSERT INTO observation (id, organization_id) VALUES ($1, $2)', [id, organizationId]);
  return { id, organizationId, epoch: 0n };
};

describe('a GitLab runner', () => {
  /** Three looks at a GitLab with one runner more than the machine's own, which bears this mark. */
  const looksAt = async (mark: () => string, machine = {}): Promise<void> => {
    world = await idleRunner(systemClock, { works: false, machine: { generation: 3, ...machine } });
    Object.assign(world.gitlab.calls, {
      list: async () => [77].map((id) => ({ id, description: 'cr-mch_x-g1' })),
      markOf: async () => mark(),
    });
    const lease = await observation(world.gitlabConnectionId);
    for (let look = 0; look < 3; look++) await removeOrphanGitLabRunners(world.ports, lease);
  };
  const braked = async () =>
    (await world.db.asAdmin('SELECT stray_id FROM sighting WHERE braked')).map(({ stray_id: id }) =>
      Number(id),
    );

  it('of a generation that its living machine has yet to reach is kept, and somebody is told', async () => {
    await looksAt(() => gitlabMark('spec', world.machineId, 5));
    expect(world.gitlab.deleted).toEqual([]);
    expect(await braked()).toEqual([77]);
  });

  it('of a generation that its machine has left behind is deleted', async () => {
    await looksAt(() => gitlabMark('spec', world.machineId, 2));
    expect(new Set(world.gitlab.deleted)).toEqual(new Set([77]));
  });

  it('of any generation of a machine that is gone is deleted', async () => {
    await looksAt(() => gitlabMark('spec', world.machineId, 5), { deletedAt: new Date() });
    expect(new Set(world.gitlab.deleted)).toEqual(new Set([77]));
    expect(await braked()).toEqual([]);
  });

  it('that its machine is just getting is kept', async () => {
    await looksAt(() => gitlabMark('spec', world.machineId, 3), { gitlabRunnerId: 0 });
    expect(world.gitlab.deleted).toEqual([]);
  });
});

describe('a server that no machine has', () => {
  /** Three looks at a project that holds it, ordered as this attempt of the runner, whose last one was the second. */
  const looksAt = async (attempt: number): Promise<number[]> => {
    const deleted: number[] = [];
    const servers: Partial<Servers> = {
      list: async () => [stray(attempt)],
      find: async (id) => ({ ...stray(attempt), id }),
      setLabels: async () => undefined,
      delete: async (id) => void deleted.push(id),
    };
    world = await idleRunner(systemClock, { works: false, servers, runner: { attempt: 2 } });
    const lease = await observation(world.hetznerProjectId);
    for (let look = 0; look < 3; look++) await observeServers(world.ports, lease);
    return deleted;
  };
  const stray = (attempt: number): ProviderServer => {
    const { organizationId, poolId, runnerId } = world;
    const owner = {
      installation: 'spec',
      organizationId,
      poolId,
      runnerId,
      machineId: newId('machine'),
      attempt,
    };
    return { id: 99, name: 'cr-spec', created: CREATED, labels: serverLabels(owner) };
  };

  it('is deleted where it was ordered before its runner’s last order', async () => {
    expect(new Set(await looksAt(1))).toEqual(new Set([99]));
  });

  it('is kept where its runner has never been ordered for so often, as far as we remember', async () => {
    expect(await looksAt(7)).toEqual([]);
    expect(await world.db.asAdmin('SELECT 1 FROM sighting WHERE braked')).toHaveLength(1);
  });
});

describe('a machine of a later generation than we remember', () => {
  beforeEach(async () => {
    world = await idleRunner(systemClock, {
      works: false,
      machine: { generation: 3, enrolledGeneration: 3 },
    });
  });

  it('is not told that it is over, which would end its job', async () => {
    const { ports, organizationId, machineId } = world;
    const says = (generation: number) =>
      takeReport(ports, organizationId, machineId, { generation, event: 'ALIVE' });
    expect(await says(4)).toBe('unknown');
    expect(await says(3)).toBe('heard');
    expect(await says(2)).toBe('gone');
    const asks = (generation: number) => serveConfiguration(ports, organizationId, { machineId, generation });
    expect(await asks(4)).toEqual({ kind: 'unknown' });
    expect(await asks(2)).toEqual({ kind: 'gone' });
  });
});
