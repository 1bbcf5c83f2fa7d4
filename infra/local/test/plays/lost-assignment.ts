import { eventually } from '../eventually.js';
import { loseAssignment } from '../lose-assignment.js';
import type { Stage } from './stage.js';

/** The answer with which GitLab gives a job to a runner never arrives: for GitLab the job runs, and nobody works on it. */
export const lostAssignment = (stageOf: () => Stage) => () => {
  it('costs its machine, says what became of it, and is followed by other jobs', async () => {
    const stage = stageOf();
    const { gitlab } = stage.installation;
    const runner = await stage.idleOne();
    const [lost] = await loseAssignment(stage.installation);
    expect(lost).toBeDefined();
    await stage.becomes(runner.id, 'BUSY');
    await stage.until(runner.id, ({ machine }) => machine?.id !== runner.machine?.id);
    await stage.isGone(runner.machine?.serverId);
    const { said } = await stage.installation.ask<{ said: { timeline: { nodes: { message: string }[] } } }>(
      `query($id: ID!) { said: runner(id: $id) { timeline(first: 20) { nodes { message } } } }`,
      { id: runner.id },
    );
    const messages = said.timeline.nodes.map(({ message }) => message);
    expect(messages.join('\n')).toContain(`job ${lost}, which never reached it`);
    await stage.succeeds(await stage.job());
    // GitLab looks for jobs of which nobody tells anything, and fails them.
    await eventually(
      async () => {
        await gitlab.call('POST', 'stuck-jobs');
        const shown = await stage.statusOf(lost ?? 0);
        expect(shown).toBe('FAILED');
      },
      { within: 240_000, every: 1_000 },
    );
    await stage.rest();
  }, 900_000);
};
