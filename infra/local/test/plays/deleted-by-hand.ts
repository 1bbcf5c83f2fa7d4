import { eventually } from '../eventually.js';
import type { RunnerFacts } from '../fleet.js';
import type { Stage } from './stage.js';

/** The customer deletes a server in the console, whatever it is doing. */
export const deletedByHand = (stageOf: () => Stage) => () => {
  const isAnother = async ({ id, machine }: RunnerFacts, deleted: string) => {
    const stage = stageOf();
    const { machine: next } = await stage.until(
      id,
      (runner) => runner.state === 'IDLE' && runner.machine?.serverId !== deleted,
    );
    expect(next?.id).not.toBe(machine?.id);
  };
  const deletes = async (serverId: string | null | undefined) =>
    expect([200, 404]).toContain(await stageOf().deleteServer(serverId ?? ''));

  it('has a new machine for a runner that was idle and is wanted, and all jobs are done', async () => {
    const stage = stageOf();
    const runner = await stage.idleOne();
    await deletes(runner.machine?.serverId);
    const job = await stage.job();
    await isAnother(runner, runner.machine?.serverId ?? '');
    await stage.succeeds(job);
    await stage.rest();
  }, 600_000);

  it('has a new machine for a runner that was busy, and all jobs but that one are done', async () => {
    const stage = stageOf();
    const runner = await stage.idleOne();
    await stage.job(600);
    const busy = await stage.becomes(runner.id, 'BUSY');
    await deletes(busy.machine?.serverId);
    const others = [await stage.job(), await stage.job()];
    await stage.succeeds(...others);
    await isAnother(busy, busy.machine?.serverId ?? '');
    await stage.rest();
  }, 600_000);

  it('has a new machine for a runner that was starting', async () => {
    const stage = stageOf();
    const runner = await stage.wakeOne();
    const [server] = await eventually(
      async () => {
        const living = (await stage.serversOf(runner.id)).filter(({ deleted }) => deleted === null);
        return living.length > 0 && living;
      },
      { every: 20 },
    );
    await deletes(String(server?.id));
    await isAnother(await stage.runner(runner.id), String(server?.id));
    await stage.rest();
  }, 600_000);

  it('is asleep where it was about to be deleted anyway', async () => {
    const stage = stageOf();
    const { id, machine } = await stage.idleOne();
    await stage.installation.hetzner.injectFault({
      operation: 'delete_server',
      mode: 'fail',
      status: 423,
      code: 'locked',
      times: 2,
    });
    await stage.drain(id);
    await stage.becomes(id, 'STOPPING');
    await stage.installation.hetzner.removeFaults();
    await deletes(machine?.serverId);
    await stage.isGone(machine?.serverId);
    await stage.becomes(id, 'ASLEEP');
    await stage.rest();
  }, 600_000);
};
