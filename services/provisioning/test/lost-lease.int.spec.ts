import { systemClock } from '@cleanroom/kernel';
import { LeaseLost } from '@cleanroom/persistence';
import { ProviderError, type ProviderServer, type Servers } from '../src/ports.js';
import { idleRunner, type Given } from './idle-runner.js';

type World = Awaited<ReturnType<typeof idleRunner>>;

const ENROLLED = {
  runner: { state: 'ENROLLING' },
  machine: { startedGeneration: 0, gitlabRunnerId: 0, gitlabTakes: '', hasGitlabToken: false },
} as const satisfies Given;
const STARTING = {
  runner: { state: 'STARTING' },
  machine: {
    ...ENROLLED.machine,
    serverId: 0,
    orderSentAt: null,
    createdAt: null,
    gitlabIntentGeneration: 0,
  },
} as const satisfies Given;
const CLEANING = {
  runner: { state: 'CLEANING' },
  machine: { ...STARTING.machine, serverId: 42, orderSentAt: new Date(), createdAt: new Date() },
} as const satisfies Given;

let world: World;
afterEach(() => world.stop());

/** A world without workers: each spec is the workers, one after the other or in between. */
const given = async (what: Given): Promise<void> => {
  world = await idleRunner(systemClock, { ...what, works: false });
};
const step = () => world.step();

/** Counts what is sent, and has it happen as Hetzner would. */
class CountedServers {
  orders: string[] = [];
  rebuilds = 0;
  /** Runs before the first answer to a question or an order. */
  meanwhile: () => Promise<void> = async () => undefined;

  readonly calls: Partial<Servers> = {
    findByName: async (name) => this.orders.filter((one) => one === name).map(serverNamed(this.labels))[0],
    order: async ({ name, labels }) => {
      this.orders.push(name);
      this.labels = labels;
      await this.once();
      return serverNamed(labels)(name);
    },
    rebuiltSince: async () => this.rebuilds > 0,
    rebuild: async () => {
      this.rebuilds += 1;
      await this.once();
    },
  };
  private labels: Record<string, string> = {};

  private async once(): Promise<void> {
    const meanwhile = this.meanwhile;
    this.meanwhile = async () => undefined;
    await meanwhile();
  }
}

const serverNamed =
  (labels: Record<string, string>) =>
  (name: string): ProviderServer => ({ id: 42, name, created: new Date(), labels });

describe('a worker that lost its lease in the middle of a step', () => {
  it('deletes no GitLab runner of the one that took over, and makes none', async () => {
    await given({ ...ENROLLED, machine: { ...ENROLLED.machine, gitlabIntentGeneration: 1 } });
    const { gitlab } = world;
    gitlab.calls.findByMark = async () => {
      gitlab.calls.findByMark = async () => [];
      await step();
      return [101];
    };
    await expect(step()).rejects.toThrow(LeaseLost);
    expect(gitlab).toMatchObject({ created: [expect.stringContaining(world.machineId)], deleted: [] });
    expect(await world.db.asAdmin('SELECT gitlab_runner_id FROM machine')).toEqual([
      { gitlab_runner_id: '101' },
    ]);
  });

  it('sends no order once another has the runner', async () => {
    const servers = new CountedServers();
    await given({ ...STARTING, servers: servers.calls });
    const { providers } = world.ports;
    const { serversOf } = providers;
    Object.assign(providers, {
      serversOf: async (...of: Parameters<typeof serversOf>) => {
        Object.assign(providers, { serversOf });
        await step();
        return serversOf(...of);
      },
    });
    await expect(step()).rejects.toThrow(LeaseLost);
    expect(servers.orders).toHaveLength(1);
  });

  it('has its order found by the one that took over: the machine is ordered once', async () => {
    const servers = new CountedServers();
    servers.meanwhile = step;
    await given({ ...STARTING, servers: servers.calls });
    await expect(step()).rejects.toThrow(LeaseLost);
    expect(servers.orders).toHaveLength(1);
    expect(await world.runner()).toMatchObject({ state: 'ENROLLING' });
  });

  it('has its rebuild found by the one that took over: the machine is rebuilt once', async () => {
    const servers = new CountedServers();
    servers.meanwhile = step;
    await given({
      ...CLEANING,
      machine: { ...CLEANING.machine, generation: 2, rebuildIntentAt: new Date() },
      servers: servers.calls,
    });
    await expect(step()).rejects.toThrow(LeaseLost);
    expect(servers.rebuilds).toBe(1);
    expect(await world.runner()).toMatchObject({ state: 'ENROLLING' });
  });

  it('ends no job: the job that GitLab still runs is asked after by the one that took over', async () => {
    await given({
      runner: { state: 'BUSY' },
      machine: { jobStarted: true, jobOver: true, gitlabJobId: 7 },
    });
    const { gitlab } = world;
    let asked = 0;
    gitlab.calls.hasRunningJob = async () => {
      if (++asked > 1) return true;
      await step();
      return false;
    };
    await expect(step()).rejects.toThrow(LeaseLost);
    expect(asked).toBe(2);
    expect(await world.runner()).toMatchObject({ state: 'BUSY' });
  });
});

it('an unanswered GitLab runner is deleted before the next one is made, by whoever holds the lease', async () => {
  await given({ ...ENROLLED, machine: { ...ENROLLED.machine, gitlabIntentGeneration: 1 } });
  const { gitlab } = world;
  gitlab.calls.findByMark = async () => [77];
  gitlab.calls.create = async () => {
    expect(gitlab.deleted).toEqual([77]);
    throw new ProviderError('unknown-outcome', 'lost');
  };
  await step();
  expect(gitlab.deleted).toEqual([77]);
});
