import { eventually } from '../eventually.js';
import type { Stage } from './stage.js';

const TIMES = 10;

/** A runner that is woken as soon as it sleeps, while Hetzner still holds its address for the server before. */
export const sleepAndWake = (stageOf: () => Stage) => () => {
  it('has the same address each time, and no refusal counts as a failure', async () => {
    const stage = stageOf();
    const { id, staticIp } = await stage.idleOne();
    const failed = await failuresOf(stage, id);
    for (let time = 0; time < TIMES; time++) {
      const before = (await stage.serversOf(id)).length;
      await stage.drain(id);
      await eventually(async () => (await stage.runner(id)).state === 'ASLEEP', {
        every: 50,
        within: 120_000,
      });
      await stage.wake(id);
      await stage.becomes(id, 'IDLE');
      const servers = await stage.serversOf(id);
      expect(servers).toHaveLength(before + 1);
      const now = await stage.runner(id);
      expect(now.staticIp?.address).toBe(staticIp?.address);
      expect((await failuresOf(stage, id)).filter((one) => !failed.includes(one))).toEqual([]);
    }
    await stage.rest();
  }, 900_000);
};

/** Of the timeline, what says that something failed. */
async function failuresOf(stage: Stage, id: string): Promise<string[]> {
  const { runner } = await stage.installation.ask<{
    runner: { timeline: { nodes: { kind: string; message: string }[] }; retryAt: string | null };
  }>(`query($id: ID!) { runner(id: $id) { retryAt timeline(first: 100) { nodes { kind message } } } }`, {
    id,
  });
  return runner.timeline.nodes.flatMap(({ message }) => (/fail|refus/i.test(message) ? [message] : []));
}
