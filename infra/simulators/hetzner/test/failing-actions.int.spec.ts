import { rawCall } from './raw-call.js';
import { simulateHetzner, TOKEN, type SimulatedHetzner } from './simulated-hetzner.js';

interface Seen {
  server: {
    status: string;
    server_type: { name: string };
    private_net: object[];
    public_net: { firewalls: object[] };
    locked: boolean;
  };
}
interface Ledger {
  servers: { deleted: string | null; rescales: object[] }[];
}

let hetzner: SimulatedHetzner;
let id: number;

const settle = (): void => hetzner.simulator.advance(3_600_000);
const failing = (operation: string, more: object = {}): Promise<unknown> =>
  hetzner.admin('POST', 'faults', { operation, mode: 'action_error', times: 1, ...more });
const server = async (): Promise<Seen['server']> =>
  ((await rawCall(hetzner, 'GET', `/servers/${id}`)).body as Seen).server;
const ledger = (): Promise<Ledger> => hetzner.admin<Ledger>('GET', 'report');

/** Begins an action, lets it end, and tells how. */
async function outcome(method: string, path: string, body?: object): Promise<unknown> {
  const begun = await rawCall(hetzner, method, path, body);
  const { action, actions } = begun.body as { action?: { id: number }; actions?: { id: number }[] };
  expect(begun.status).toBeLessThan(300);
  settle();
  const ended = await rawCall(hetzner, 'GET', `/actions/${(action ?? actions?.[0])?.id}`);
  const { status, error } = (ended.body as { action: { status: string; error: { code: string } | null } })
    .action;
  return error ? `${status} ${error.code}` : status;
}

const order = async (name: string): Promise<{ id: number; next: { command: string; status: string }[] }> => {
  const wanted = { name, server_type: 'cx23', image: 'debian-12', location: 'fsn1' };
  const { body } = await rawCall(hetzner, 'POST', '/servers', wanted);
  settle();
  const made = body as { server: { id: number }; next_actions: { id: number }[] };
  const ids = made.next_actions.map((action) => `id=${action.id}`).join('&');
  const next = (await rawCall(hetzner, 'GET', `/actions?${ids}`)).body as { actions: [] };
  return { id: made.server.id, next: next.actions };
};
const act = (verb: string, body?: object): Promise<unknown> =>
  outcome('POST', `/servers/${id}/actions/${verb}`, body);

beforeEach(async () => {
  hetzner = await simulateHetzner({ startGuest: 'none' });
  ({ id } = await order('one'));
});
afterEach(() => hetzner.simulator.stop());

describe('an action that fails after it was begun', () => {
  it('keeps the server that was to be deleted, and its bill', async () => {
    await failing('delete_server', { code: 'server_error', message: 'internal' });
    expect(await outcome('DELETE', `/servers/${id}`)).toBe('error server_error');
    expect(await server()).toMatchObject({ status: 'off', locked: false });
    expect((await ledger()).servers).toMatchObject([{ deleted: null }]);
    expect(await outcome('DELETE', `/servers/${id}`)).toBe('success');
    expect((await ledger()).servers).toMatchObject([{ deleted: expect.any(String) }]);
  });

  it('leaves a server that never left its creation, and can only be deleted', async () => {
    await failing('create_server');
    const second = await order('two');
    expect(second.next).toMatchObject([{ command: 'start_server', status: 'error' }]);
    id = second.id;
    expect(await server()).toMatchObject({ status: 'initializing', locked: true });
    for (const verb of ['poweron', 'poweroff', 'reset', 'reboot', 'shutdown', 'rebuild']) {
      const body = verb === 'rebuild' ? { image: 'debian-12' } : undefined;
      const refusal = await rawCall(hetzner, 'POST', `/servers/${id}/actions/${verb}`, body);
      expect([verb, refusal.status]).toEqual([verb, 423]);
    }
    await failing('delete_server');
    expect(await outcome('DELETE', `/servers/${id}`)).toBe('error action_failed');
    expect(await server()).toMatchObject({ status: 'initializing', locked: true });
    expect(await outcome('DELETE', `/servers/${id}`)).toBe('success');
  });

  it.each([
    ['poweron_server', 'poweron', 'off', 'off'],
    ['poweroff_server', 'poweroff', 'running', 'running'],
    ['reset_server', 'reset', 'running', 'off'],
    ['reboot_server', 'reboot', 'running', 'off'],
  ])('%s leaves it %s → %s', async (operation, verb, before, after) => {
    if (before === 'off') await act('poweroff');
    await failing(operation);
    expect(await act(verb)).toBe('error action_failed');
    expect((await server()).status).toBe(after);
    await act('poweron');
    expect((await server()).status).toBe('running');
  });

  it('takes a rebuild and a change of type back', async () => {
    await failing('rebuild_server');
    expect(await act('rebuild', { image: 'debian-12' })).toBe('error action_failed');
    expect((await server()).status).toBe('off');
    await failing('change_server_type');
    const larger = { server_type: 'cx33', upgrade_disk: false };
    expect(await act('change_type', larger)).toBe('error action_failed');
    expect((await server()).server_type.name).toBe('cx23');
    expect((await ledger()).servers).toMatchObject([{ rescales: [] }]);
    expect(await act('change_type', larger)).toBe('success');
    expect((await server()).server_type.name).toBe('cx33');
  });

  it('leaves an address where it was', async () => {
    await act('poweroff');
    const { body } = await rawCall(hetzner, 'GET', '/primary_ips');
    const [ip] = (body as { primary_ips: { id: number; type: string }[] }).primary_ips;
    const move = (verb: string): Promise<unknown> =>
      outcome('POST', `/primary_ips/${ip?.id}/actions/${verb}`, { assignee_id: id, assignee_type: 'server' });
    const holder = async (): Promise<unknown> =>
      ((await rawCall(hetzner, 'GET', `/primary_ips/${ip?.id}`)).body as { primary_ip: object }).primary_ip;
    await failing('unassign_primary_ip');
    expect(await move('unassign')).toBe('error action_failed');
    expect(await holder()).toMatchObject({ assignee_id: id });
    expect(await move('unassign')).toBe('success');
    await failing('assign_primary_ip');
    expect(await move('assign')).toBe('error action_failed');
    expect(await holder()).toMatchObject({ assignee_id: null, assignee_type: 'unassigned' });
    expect(await move('assign')).toBe('success');
  });

  it('changes nothing about networks and firewalls', async () => {
    const subnets = [{ type: 'cloud', network_zone: 'eu-central' }];
    const range = { name: 'n', ip_range: '10.0.0.0/16', subnets };
    const made = (await rawCall(hetzner, 'POST', '/networks', range)).body as { network: { id: number } };
    const network = { network: made.network.id };
    await failing('attach_server_to_network');
    expect(await act('attach_to_network', network)).toBe('error action_failed');
    expect((await server()).private_net).toEqual([]);
    expect(await act('attach_to_network', network)).toBe('success');
    await failing('detach_server_from_network');
    expect(await act('detach_from_network', network)).toBe('error action_failed');
    expect((await server()).private_net).toHaveLength(1);
    const wall = (await rawCall(hetzner, 'POST', '/firewalls', { name: 'wall' })).body as {
      firewall: { id: number };
    };
    const path = `/firewalls/${wall.firewall.id}`;
    const target = [{ type: 'server', server: { id } }];
    const applied = async () =>
      (await rawCall(hetzner, 'GET', path)).body as { firewall: { applied_to: object[] } };
    await failing('apply_firewall_to_resources');
    expect(await outcome('POST', `${path}/actions/apply_to_resources`, { apply_to: target })).toBe(
      'error action_failed',
    );
    expect((await applied()).firewall.applied_to).toEqual([]);
    await outcome('POST', `${path}/actions/apply_to_resources`, { apply_to: target });
    await failing('remove_firewall_from_resources');
    await outcome('POST', `${path}/actions/remove_from_resources`, { remove_from: target });
    expect((await applied()).firewall.applied_to).toEqual(target);
    await outcome('POST', `${path}/actions/remove_from_resources`, { remove_from: target });
    expect((await rawCall(hetzner, 'DELETE', path)).status).toBe(204);
  });
});

describe('a change of what a firewall applies to that fails', () => {
  const selector = { type: 'label_selector', label_selector: { selector: 'role=web' } };
  const target = { type: 'server', server: { id: 0 } };
  let path: string;

  const label = async (labels: object) => {
    await rawCall(hetzner, 'PUT', `/servers/${id}`, { labels });
    settle();
  };
  const apply = (to: object) => outcome('POST', `${path}/actions/apply_to_resources`, { apply_to: [to] });
  const remove = (from: object) =>
    outcome('POST', `${path}/actions/remove_from_resources`, { remove_from: [from] });
  /** Kinds of the targets, and what the server is under. */
  const reach = async (): Promise<unknown> => {
    const { firewall } = (await rawCall(hetzner, 'GET', path)).body as {
      firewall: { applied_to: { type: string }[] };
    };
    return [firewall.applied_to.map(({ type }) => type), (await server()).public_net.firewalls.length];
  };

  beforeEach(async () => {
    target.server.id = id;
    const { body } = await rawCall(hetzner, 'POST', '/firewalls', { name: 'wall' });
    path = `/firewalls/${(body as { firewall: { id: number } }).firewall.id}`;
  });

  it('leaves a server that no selector finds any more under it, and no target that nobody named', async () => {
    await apply(selector);
    await label({ role: 'web' });
    expect(await reach()).toEqual([['label_selector'], 1]);
    await failing('remove_firewall_from_resources');
    await label({});
    expect(await reach()).toEqual([['label_selector'], 1]);
    await label({ role: 'other' });
    expect(await reach()).toEqual([['label_selector'], 0]);
  });

  it('takes a selector back, and puts one back', async () => {
    // Two actions each time: of the selector, and of the server that it finds.
    await label({ role: 'web' });
    await failing('apply_firewall_to_resources', { times: 2 });
    expect(await apply(selector)).toBe('error action_failed');
    expect(await reach()).toEqual([[], 0]);
    expect(await apply(selector)).toBe('success');
    expect(await reach()).toEqual([['label_selector'], 1]);
    await failing('remove_firewall_from_resources', { times: 2 });
    expect(await remove(selector)).toBe('error action_failed');
    expect(await reach()).toEqual([['label_selector'], 1]);
  });

  it('leaves a server that a selector found under it', async () => {
    await label({ role: 'web' });
    await apply(selector);
    await failing('apply_firewall_to_resources');
    expect(await apply(target)).toBe('error action_failed');
    expect(await reach()).toEqual([['label_selector'], 1]);
    expect(await remove(selector)).toBe('success');
    expect(await reach()).toEqual([[], 0]);
  });
});

describe('a call that fails in a form of its own', () => {
  const ask = (): Promise<Response> =>
    fetch(`${hetzner.simulator.endpoint}/servers`, { headers: { authorization: `Bearer ${TOKEN}` } });

  it('is answered by a page, as of a proxy that has no API behind it', async () => {
    await hetzner.admin('POST', 'faults', {
      operation: 'list_servers',
      mode: 'fail',
      status: 502,
      body: 'raw',
      times: 1,
    });
    const answer = await ask();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(await answer.text()).toContain('<title>502</title>');
    expect((await hetzner.admin<{ calls: object[] }>('GET', 'report')).calls.at(-1)).toMatchObject({
      ...{ status: 502, code: null, fault: 'fail' },
    });
  });

  it('has no message', async () => {
    await hetzner.admin('POST', 'faults', { operation: '*', mode: 'fail', body: 'null_message', times: 1 });
    expect(await (await ask()).json()).toEqual({
      error: { code: 'server_error', message: null, details: null },
    });
  });
});
