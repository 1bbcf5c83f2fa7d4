import { eventually } from '../eventually.js';
import type { Stage } from './stage.js';

const HELD_MS = 1_500;
/** All calls between "unwanted" and "gone", in their order; the last one is Hetzner's. */
const steps = ['edit_runner', 'list_runner_jobs', 'delete_runner'] as const;

/** A job that comes just when its machine is to go. */
export const jobWhileDraining = (stageOf: () => Stage) => () => {
  it.each(steps)(
    'is done by somebody, when it is queued while %s of a runner that goes is held up',
    async (step) => {
      const stage = stageOf();
      const { id } = await stage.idleOne();
      const before = await stage.callsToGitLab(step);
      await stage.installation.gitlab.injectFault({ operation: step, mode: 'delay', ms: HELD_MS, times: 1 });
      await stage.drain(id);
      await eventually(async () => (await stage.callsToGitLab(step)) > before, { every: 20 });
      await stage.succeeds(await stage.job());
      await stage.rest();
    },
    600_000,
  );

  it('is done by somebody, when it is queued while the deletion of a server is held up', async () => {
    const stage = stageOf();
    const { id } = await stage.idleOne();
    const before = (await stage.callsOf('delete_server')).length;
    await stage.installation.hetzner.injectFault({
      operation: 'delete_server',
      mode: 'delay',
      ms: HELD_MS,
      times: 1,
    });
    await stage.drain(id);
    await eventually(async () => (await stage.callsOf('delete_server')).length > before, { every: 20 });
    await stage.succeeds(await stage.job());
    await stage.rest();
  }, 600_000);

  it('keeps its machine for as long as nobody can say whether it runs', async () => {
    const stage = stageOf();
    const { gitlab } = stage.installation;
    const { id, machine } = await stage.idleOne();
    await gitlab.injectFault({ operation: 'list_runner_jobs', mode: 'fail', status: 500 });
    const before = await stage.callsToGitLab('list_runner_jobs');
    const deletions = (await stage.callsOf('delete_server')).length;
    await stage.drain(id);
    // Each of these looks found nothing out.
    await eventually(async () => (await stage.callsToGitLab('list_runner_jobs')) >= before + 5);
    expect(await stage.callsOf('delete_server')).toHaveLength(deletions);
    expect((await stage.runner(id)).machine?.id).toBe(machine?.id);
    await gitlab.removeFaults();
    await stage.isGone(machine?.serverId);
    await stage.rest();
  }, 600_000);
};
