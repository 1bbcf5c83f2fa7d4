import { rawCall } from './raw-call.js';
import { simulateHetzner, type SimulatedHetzner } from './simulated-hetzner.js';

interface Shown {
  status: string;
  locked: boolean;
}

let hetzner: SimulatedHetzner;
let id: number;

const settle = (): void => hetzner.simulator.advance(24 * 3_600_000);
const hang = (operation: string): Promise<unknown> =>
  hetzner.admin('POST', 'faults', { operation, mode: 'action_stuck', times: 1 });
const call = async (method: string, path: string, body?: object): Promise<[number, string]> => {
  const { status, body: answer } = await rawCall(hetzner, method, path, body);
  const action = (answer as { action?: { id: number } }).action?.id ?? 0;
  settle();
  const { body: later } = await rawCall(hetzner, 'GET', `/actions?id=${action}`);
  return [status, (later as { actions: { status: string }[] }).actions[0]?.status ?? 'none'];
};
const shown = async (): Promise<Shown> =>
  ((await rawCall(hetzner, 'GET', `/servers/${id}`)).body as { server: Shown }).server;
const billed = async (): Promise<boolean> =>
  (await hetzner.admin<{ servers: { deleted: string | null }[] }>('GET', 'report')).servers[0]?.deleted ===
  null;

beforeEach(async () => {
  hetzner = await simulateHetzner({ startGuest: 'none' });
  const order = { name: 'one', server_type: 'cx23', image: 'debian-12', location: 'fsn1' };
  id = ((await rawCall(hetzner, 'POST', '/servers', order)).body as { server: { id: number } }).server.id;
  settle();
});
afterEach(() => hetzner.simulator.stop());

describe('an action that never ends', () => {
  it('locks its server for everything but its deletion', async () => {
    await hang('rebuild_server');
    const rebuild = (): Promise<[number, string]> =>
      call('POST', `/servers/${id}/actions/rebuild`, { image: 'debian-12' });
    expect(await rebuild()).toEqual([201, 'running']);
    expect(await shown()).toMatchObject({ status: 'rebuilding', locked: true });
    expect((await rebuild())[0]).toBe(423);
    expect(await call('DELETE', `/servers/${id}`)).toEqual([200, 'success']);
    expect(await billed()).toBe(false);
  });

  it('leaves a server whose deletion it is, and its bill', async () => {
    await hang('delete_server');
    expect(await call('DELETE', `/servers/${id}`)).toEqual([200, 'running']);
    expect(await shown()).toMatchObject({ status: 'deleting', locked: true });
    expect((await call('DELETE', `/servers/${id}`))[0]).toBe(423);
    expect(await billed()).toBe(true);
  });

  it('leaves nothing to protect or to name of a server whose deletion it is', async () => {
    await hang('delete_server');
    await call('DELETE', `/servers/${id}`);
    const act = (verb: string, body: object) => call('POST', `/servers/${id}/actions/${verb}`, body);
    expect(await act('change_protection', { delete: true, rebuild: true })).toEqual([423, 'none']);
    expect(await act('change_dns_ptr', { ip: '127.64.0.1', dns_ptr: 'a.example' })).toEqual([423, 'none']);
  });
});
