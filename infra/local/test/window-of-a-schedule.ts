import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

const MINUTE = 60_000;

interface PoolFacts {
  capacity: { wanted: number; because: string } | null;
  runners: { nodes: { state: string; stateSince: string }[] };
}

/**
 * How a window finds its runners ready. The installation's clock must be slow enough that a wake, which takes real time
 * too, fits into the two minutes that are reckoned with at first, and far from midnight, when a window of the day would
 * open as another one ends.
 */
export const windowOfASchedule = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  beforeAll(() => {
    installation = running();
  });

  const readPool = async (): Promise<PoolFacts> => {
    const query = `{ runnerPools(first: 1) { nodes {
      capacity { wanted because } runners(first: 10) { nodes { state stateSince } } } } }`;
    const answer = await installation.ask<{ runnerPools: { nodes: [PoolFacts] } }>(query);
    return answer.runnerPools.nodes[0];
  };

  it(
    'finds its runners IDLE when it opens',
    async () => {
      const { clock } = installation.system;
      await rest();
      const opens = Math.ceil((clock.now().getTime() + 2.5 * MINUTE) / MINUTE) * MINUTE;
      const start = new Date(opens).toISOString().slice(11, 16);
      await follow(start);
      const reasons = new Set<string>();
      await eventually(
        async () => {
          const { capacity, runners } = await readPool();
          if (capacity) reasons.add(capacity.because);
          expect(runners.nodes.filter(({ state }) => state === 'IDLE')).toHaveLength(2);
        },
        { within: 3 * MINUTE },
      );
      expect([...reasons]).toContain(`2 kept warm (pre-warming for the window at ${start})`);
      const { runners } = await readPool();
      const ready = runners.nodes.filter(({ state }) => state === 'IDLE');
      for (const { stateSince } of ready) expect(Date.parse(stateSince)).toBeLessThanOrEqual(opens);
      await eventually(
        async () => {
          expect((await readPool()).capacity?.because).toBe('2 kept warm (working hours)');
        },
        { within: 3 * MINUTE },
      );
    },
    9 * MINUTE,
  );

  /** Takes the demo's own schedule, which may keep somebody awake at this time of day, from the pool. */
  async function rest(): Promise<void> {
    const id = await poolId();
    const change = (mutation: string) =>
      installation.ask(`mutation($id: ID!) { ${mutation} { userErrors { message } } }`, { id });
    await change('assignSchedule(poolId: $id)');
    await change('pauseRunnerPool(id: $id, paused: true)');
    await eventually(
      async () => {
        const { runners } = await readPool();
        expect(runners.nodes.map(({ state }) => state)).toEqual(Array(4).fill('ASLEEP'));
      },
      { within: 2 * MINUTE },
    );
    await change('pauseRunnerPool(id: $id, paused: false)');
  }

  async function poolId(): Promise<string> {
    const { runnerPools } = await installation.ask<{ runnerPools: { nodes: [{ id: string }] } }>(
      '{ runnerPools(first: 1) { nodes { id } } }',
    );
    return runnerPools.nodes[0].id;
  }

  /** Makes the demo's pool follow a window from this time of UTC until midnight. */
  async function follow(start: string): Promise<void> {
    const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
    const windows = [{ days, start, end: '24:00', warm: 2 }];
    const { createSchedule } = await installation.ask<{ createSchedule: { schedule: { id: string } } }>(
      `mutation($input: ScheduleInput!) { createSchedule(input: $input) { schedule { id } } }`,
      { input: { name: 'Soon', timeZone: 'UTC', windows } },
    );
    await installation.ask(
      `mutation($scheduleId: ID, $poolId: ID!) {
        assignSchedule(scheduleId: $scheduleId, poolId: $poolId) { userErrors { message } } }`,
      { scheduleId: createSchedule.schedule.id, poolId: await poolId() },
    );
  }
};
