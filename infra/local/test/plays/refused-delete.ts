import { eventually } from '../eventually.js';
import type { Stage } from './stage.js';

const REFUSALS = 3;
const RETRY_AFTER_SECONDS = 30;

/** Hetzner is asked too often to be told that a server is to go. */
export const refusedDelete = (stageOf: () => Stage) => () => {
  it('is asked for again when Hetzner said, until the server is gone within its hour, while other work goes on', async () => {
    const stage = stageOf();
    const { hetzner } = stage.installation;
    const { id, machine } = await stage.idleOne();
    await hetzner.injectFault({
      operation: 'delete_server',
      mode: 'fail',
      status: 429,
      code: 'rate_limit_exceeded',
      retryAfter: RETRY_AFTER_SECONDS,
      times: REFUSALS,
    });
    const before = (await stage.callsOf('delete_server')).length;
    await stage.drain(id);
    await eventually(async () => (await stage.callsOf('delete_server')).length > before);
    await stage.succeeds(await stage.job());
    await stage.isGone(machine?.serverId);
    const calls = (await stage.callsOf('delete_server')).slice(before);
    const refused = calls.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(REFUSALS);
    for (const [n, { at }] of refused.entries()) {
      const next = calls[calls.findIndex((call) => call === refused[n]) + 1];
      // Instants of the ledger are whole seconds.
      expect(Date.parse(next?.at ?? '') - Date.parse(at)).toBeGreaterThanOrEqual(
        (RETRY_AFTER_SECONDS - 1) * 1_000,
      );
    }
    const [first] = await stage.serversOf(id);
    expect(first?.hoursBilled).toBe(1);
  }, 300_000);
};
