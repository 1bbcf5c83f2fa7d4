import type { Stage } from './stage.js';

const TEN_MINUTES_MS = 600_000;
const MOST_REFUSALS = 2;

/** One type is sold out everywhere, and Hetzner says so in two ways. */
export const soldOut = (stageOf: () => Stage) => () => {
  it('orders another type, and asks for the one that is sold out twice in ten minutes at most', async () => {
    const stage = stageOf();
    const { hetzner } = stage.installation;
    const stock = (location: string, sold: string | null) =>
      hetzner.call('PUT', 'stock', { serverType: 'cx23', location, soldOut: sold });
    await stock('fsn1', 'resource_unavailable');
    await stock('nbg1', 'invalid_input');
    await stock('hel1', 'invalid_input');
    const before = (await stage.callsOf('create_server')).length;
    const runners = [await stage.wakeOne(), await stage.wakeOne(), await stage.wakeOne()];
    for (const { id } of runners) {
      const { machine } = await stage.becomes(id, 'IDLE');
      expect(machine?.serverType).not.toBe('cx23');
    }
    const refused = (await stage.callsOf('create_server'))
      .slice(before)
      .filter(({ status }) => status !== 201);
    const [first] = refused;
    const soon = refused.filter(({ at }) => Date.parse(at) - Date.parse(first?.at ?? '') < TEN_MINUTES_MS);
    const places = new Set(runners.map(({ staticIp }) => staticIp?.location));
    expect(refused.length).toBeGreaterThan(0);
    expect(soon.length).toBeLessThanOrEqual(MOST_REFUSALS * places.size);
    await stock('*', null);
    await stage.rest();
  }, 600_000);
};
