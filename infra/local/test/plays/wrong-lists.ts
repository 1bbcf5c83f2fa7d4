import type { Stage } from './stage.js';

/** Hetzner says for a while that what it has just made is not there. */
export const wrongLists = (stageOf: () => Stage) => () => {
  it('keeps a machine that Hetzner denies three times, and whose list fails five times, while it starts', async () => {
    const stage = stageOf();
    const { hetzner } = stage.installation;
    const denied = { mode: 'fail', status: 404, code: 'not_found', times: 3 } as const;
    await hetzner.injectFault({ operation: 'get_server', ...denied });
    await hetzner.injectFault({ operation: 'list_servers', mode: 'fail', status: 500, times: 5 });
    const { id } = await stage.wakeOne();
    const before = (await stage.serversOf(id)).filter(({ deleted }) => deleted !== null).length;
    await stage.becomes(id, 'IDLE');
    const struck = (await stage.callsOf('list_servers')).filter(({ status }) => status === 500);
    expect(struck.length).toBeGreaterThan(0);
    const living = (await hetzner.livingServers()).map((server) => String(server.id));
    const shown = (await stage.fleet()).flatMap(({ machine }) => machine?.serverId ?? []);
    expect(living.sort()).toEqual(shown.sort());
    expect(await stage.serversOf(id)).toHaveLength(before + 1);
    await stage.rest();
  }, 300_000);
};
