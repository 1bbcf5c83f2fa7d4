import type { Stage } from './stage.js';

/** A machine that was ordered and paid, and from which nobody hears. */
export const neverBoots = (stageOf: () => Stage) => () => {
  it('is deleted at its deadline and ordered once more, for two started hours at most and at the same address', async () => {
    const stage = stageOf();
    await stage.installation.hetzner.call('POST', 'machines', { next: 'never_boots', times: 1 });
    const { id, staticIp } = await stage.wakeOne();
    await stage.becomes(id, 'IDLE');
    const servers = await stage.serversOf(id);
    expect(servers.map(({ deleted }) => deleted === null)).toEqual([false, true]);
    expect(servers.reduce((hours, { hoursBilled }) => hours + hoursBilled, 0)).toBeLessThanOrEqual(2);
    expect((await stage.runner(id)).staticIp?.address).toBe(staticIp?.address);
    await stage.rest();
  }, 900_000);
};
