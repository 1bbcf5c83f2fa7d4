import { systemClock } from '@cleanroom/kernel';
import { ProviderError, type Servers } from '../src/ports.js';
import { idleRunner, type Given } from './idle-runner.js';

const lost = async () => {
  throw new ProviderError('unknown-outcome', 'no answer');
};
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
/** Every deadline is over, and what becomes of one is due. */
const LATE = ago(301);
const UNREADY = { startedGeneration: 0, gitlabRunnerId: 0, gitlabIntentGeneration: 0, hasGitlabToken: false };

let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

/** Steps by hand until the runner is in a state; every state it was in on the way. */
const statesUntil = async (last: string): Promise<string[]> => {
  const states: string[] = [];
  for (let steps = 0; steps < 20 && states.at(-1) !== last; steps++) {
    await world.step();
    const state = (await world.runner())?.state ?? '';
    if (state !== states.at(-1)) states.push(state);
  }
  return states;
};
const given = async (what: Given) => {
  world = await idleRunner(systemClock, { ...what, works: false });
};
const timeline = async () =>
  (await world.db.asAdmin('SELECT message FROM timeline ORDER BY id')).map(({ message }) => message);

describe('a runner that is too long in a state', () => {
  it('of STARTING is given up, whatever became of its order, and rests before the next', async () => {
    const servers: Partial<Servers> = { order: lost, findByName: async () => undefined };
    const machine = { ...UNREADY, serverId: 0, createdAt: null, orderSentAt: LATE, absentSince: LATE };
    await given({ runner: { state: 'STARTING', stateSince: LATE }, machine, servers });
    expect(await statesUntil('ASLEEP')).toEqual(['FAILED', 'STOPPING', 'ASLEEP']);
    expect(await timeline()).toContain('Hetzner did not confirm the order within 3 minutes');
    const runner = await world.runner();
    expect(runner).toMatchObject({ failures: 1, machineId: null });
    expect(runner?.retryAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('of ENROLLING is given up, and its server is deleted', async () => {
    let deleted = 0;
    const servers: Partial<Servers> = { delete: async () => void deleted++, find: async () => undefined };
    const machine = { ...UNREADY, enrolledGeneration: 0, readyAt: null };
    await given({ runner: { state: 'ENROLLING', stateSince: LATE }, machine, servers });
    expect(await statesUntil('ASLEEP')).toEqual(['FAILED', 'STOPPING', 'ASLEEP']);
    expect(await timeline()).toContain('the machine was not ready within 5 minutes');
    expect(deleted).toBe(1);
    expect((await world.runner())?.retryAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('of CLEANING is given up, and its server is deleted although its rebuild may yet be done', async () => {
    let deleted = 0;
    const servers: Partial<Servers> = {
      rebuild: lost,
      rebuiltSince: lost,
      delete: async () => void deleted++,
      find: async () => undefined,
    };
    const machine = { ...UNREADY, generation: 2, rebuildIntentAt: LATE, rebuildSent: true };
    await given({ runner: { state: 'CLEANING', stateSince: LATE }, machine, servers });
    expect(await statesUntil('ASLEEP')).toEqual(['FAILED', 'STOPPING', 'ASLEEP']);
    expect(await timeline()).toContain('Hetzner did not rebuild the machine within 3 minutes');
    expect(deleted).toBe(1);
  });
});
