import type { Fault } from '../simulator-admin.js';
import type { Stage } from './stage.js';

/** Nobody heard the answer of a deletion, and then Hetzner says that the server is locked. */
export const lostDeletion = (stageOf: () => Stage) => () => {
  it.each<[string, Fault['mode']]>([
    ['that was carried out', 'lose_answer'],
    ['that was never carried out', 'reset'],
  ])(
    'is believed only once Hetzner says that the server is gone, of one %s',
    async (_, mode) => {
      const stage = stageOf();
      const { hetzner } = stage.installation;
      const { id, machine } = await stage.idleOne();
      await hetzner.injectFault({ operation: 'delete_server', mode, times: 1 });
      const locked = { mode: 'fail', status: 423, code: 'locked', times: 2 } as const;
      const before = (await stage.callsOf('delete_server')).length;
      await stage.drain(id);
      await hetzner.injectFault({ operation: 'delete_server', ...locked });
      await stage.until(id, ({ machine: current }) => current?.id !== machine?.id);
      const [server] = (await stage.serversOf(id)).filter((one) => String(one.id) === machine?.serverId);
      expect(server?.deleted).toBeTruthy();
      const answers = (await stage.callsOf('delete_server')).slice(before).map(({ status }) => status);
      expect(answers.filter((status) => status === 423)).toHaveLength(2);
      await stage.rest();
    },
    600_000,
  );
};
