import { eventually } from '../eventually.js';
import type { RestartableProcesses } from '../restartable-processes.js';
import { overlap, type Stage } from './stage.js';

const LATE_MS = 4_000;

/** An order whose answer nobody heard. Each of them is one server, and the runner gets that one. */
export const lostOrder = (stageOf: () => Stage, processes: RestartableProcesses) => () => {
  const onlyOne = async (id: string) => {
    const { machine } = await stageOf().becomes(id, 'IDLE');
    const servers = await stageOf().serversOf(id);
    expect(new Set(servers.map(({ name }) => name)).size).toBe(servers.length);
    expect(overlap(servers)).toBe(false);
    expect(servers.filter(({ deleted }) => deleted === null).map((server) => String(server.id))).toEqual([
      machine?.serverId,
    ]);
  };

  it('is one server where the answer of POST /servers is lost', async () => {
    const { hetzner } = stageOf().installation;
    await hetzner.injectFault({ operation: 'create_server', mode: 'lose_answer', times: 1 });
    const { id } = await stageOf().wakeOne();
    await onlyOne(id);
    const lost = (await hetzner.read()).calls.filter(({ fault }) => fault === 'lose_answer');
    expect(lost.map(({ operation }) => operation)).toEqual(['create_server']);
  }, 300_000);

  it('is one server where provisioning is killed between order and answer', async () => {
    const { hetzner } = stageOf().installation;
    await hetzner.injectFault({ operation: 'create_server', mode: 'delay', ms: LATE_MS, times: 1 });
    const { id } = await stageOf().wakeOne();
    await eventually(async () => (await stageOf().serversOf(id)).length > 0, { every: 20 });
    await processes.kill('provisioning');
    await onlyOne(id);
  }, 300_000);
};
