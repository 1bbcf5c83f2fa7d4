import { rawCall } from './raw-call.js';
import { simulateHetzner, standingClock, TOKEN, type SimulatedHetzner } from './simulated-hetzner.js';

let hetzner: SimulatedHetzner;

beforeEach(async () => {
  hetzner = await simulateHetzner({ startGuest: 'none' });
});
afterEach(() => hetzner.simulator.stop());

const settle = (): void => hetzner.simulator.advance(3_600_000);

/** `201`, or `422 invalid_input` with its fields. */
async function told(method: string, path: string, body?: object): Promise<string> {
  const answer = await rawCall(hetzner, method, path, body);
  if (answer.status < 300) return String(answer.status);
  const { error } = answer.body as {
    error: { code: string; details: { fields?: { name: string }[] } | null };
  };
  const fields = error.details?.fields?.map(({ name }) => ` ${name}`) ?? [];
  return `${answer.status} ${error.code}${fields.sort().join('')}`;
}

async function made(path: string, body: object): Promise<number> {
  const answer = await rawCall(hetzner, 'POST', path, body);
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return Object.values(answer.body as Record<string, { id: number }>)[0]?.id ?? 0;
}

const order = (more: object = {}): object => ({
  ...{ name: 'one', server_type: 'cx23', image: 'debian-12', location: 'fsn1', ...more },
});
const server = async (more: object = {}): Promise<number> => {
  const id = await made('/servers', order(more));
  settle();
  return id;
};
const firewallsOf = async (id: number): Promise<object[]> => {
  const { body } = await rawCall(hetzner, 'GET', `/servers/${id}`);
  return (body as { server: { public_net: { firewalls: object[] } } }).server.public_net.firewalls;
};

describe('a firewall', () => {
  const on = (id: number): object => ({ type: 'server', server: { id } });
  const labelled = (selector: string): object => ({ type: 'label_selector', label_selector: { selector } });

  it('is made for servers that are there, each once', async () => {
    const id = await server();
    const create = (...targets: object[]) => told('POST', '/firewalls', { name: 'f', apply_to: targets });
    expect(await create(on(99))).toBe('422 firewall_resource_not_found');
    expect(await create(on(id), on(id))).toBe('422 server_already_added');
    expect(await create(on(id))).toBe('201');
  });

  it('is applied to and removed from what it can be', async () => {
    const id = await server({ labels: { role: 'job' } });
    const inside = { enable_ipv4: false, enable_ipv6: false };
    const subnets = [{ type: 'cloud', network_zone: 'eu-central' }];
    const network = await made('/networks', { name: 'n', ip_range: '10.0.0.0/16', subnets });
    const hidden = await server({ name: 'hidden', public_net: inside, networks: [network] });
    const wall = await made('/firewalls', { name: 'wall' });
    const apply = (target: object) =>
      told('POST', `/firewalls/${wall}/actions/apply_to_resources`, { apply_to: [target] });
    const remove = (target: object) =>
      told('POST', `/firewalls/${wall}/actions/remove_from_resources`, { remove_from: [target] });
    expect(await apply(on(99))).toBe('404 firewall_resource_not_found');
    expect(await apply(on(hidden))).toBe('422 private_net_only_server');
    expect(await remove(on(99))).toBe('404 firewall_resource_not_found');
    expect(await remove(on(id))).toBe('404 firewall_resource_not_found');
    expect(await remove(labelled('role'))).toBe('404 firewall_resource_not_found');
    expect(await apply(labelled('role'))).toBe('201');
    expect(await remove(on(id))).toBe('422 firewall_managed_by_label_selector');
    // Found and applied, it is still one firewall.
    expect(await apply(on(id))).toBe('201');
    expect(await apply(on(id))).toBe('422 firewall_already_applied');
    settle();
    expect(await firewallsOf(id)).toEqual([{ id: wall, status: 'applied' }]);
    expect(await remove(labelled('role'))).toBe('201');
    settle();
    expect(await firewallsOf(id)).toEqual([{ id: wall, status: 'applied' }]);
  });

  it('counts once among the five of a server', async () => {
    const walls = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) walls.push(await made('/firewalls', { name }));
    const [first = 0, ...others] = walls;
    await told('POST', `/firewalls/${first}/actions/apply_to_resources`, { apply_to: [labelled('role')] });
    const firewalls = others.slice(0, 4).map((firewall) => ({ firewall }));
    const id = await server({ labels: { role: 'job' }, firewalls });
    const apply = (wall = 0) =>
      told('POST', `/firewalls/${wall}/actions/apply_to_resources`, { apply_to: [on(id)] });
    expect(await firewallsOf(id)).toHaveLength(5);
    expect(await apply(others.at(-1))).toBe('422 invalid_input apply_to');
    expect(await apply(first)).toBe('201');
  });

  it('finds a server by its labels only when that is made', async () => {
    const wall = await made('/firewalls', { name: 'wall', apply_to: [labelled('role')] });
    await hetzner.admin('PUT', 'guests', { stuckCreations: 1 });
    const id = await made('/servers', order({ labels: { role: 'job' } }));
    await told('PUT', `/servers/${id}`, { labels: { role: 'other' } });
    expect(await firewallsOf(id)).toEqual([]);
    await hetzner.admin('PUT', 'guests', { stuckCreations: 0 });
    const second = await server({ name: 'two', labels: { role: 'job' } });
    expect(await firewallsOf(second)).toEqual([{ id: wall, status: 'applied' }]);
  });

  it('is in conflict while its rules are changed', async () => {
    await hetzner.simulator.stop();
    hetzner = await simulateHetzner({ startGuest: 'none', clock: standingClock() });
    const path = `/firewalls/${await made('/firewalls', { name: 'wall' })}`;
    const set = () => told('POST', `${path}/actions/set_rules`, { rules: [] });
    expect([await set(), await set()]).toEqual(['201', '409 conflict']);
    expect(await told('PUT', path, { name: 'other' })).toBe('409 conflict');
    settle();
    expect([await told('PUT', path, { name: 'other' }), await set()]).toEqual(['200', '201']);
  });
});

describe('a network', () => {
  it('is in conflict while it is changed, but not while servers come to it', async () => {
    await hetzner.simulator.stop();
    hetzner = await simulateHetzner({ startGuest: 'none', clock: standingClock() });
    const subnet = { type: 'cloud', network_zone: 'eu-central' };
    const network = await made('/networks', { name: 'n', ip_range: '10.0.0.0/16', subnets: [subnet] });
    const add = () => told('POST', `/networks/${network}/actions/add_subnet`, subnet);
    expect([await add(), await add()]).toEqual(['201', '409 conflict']);
    expect(await told('PUT', `/networks/${network}`, { name: 'm' })).toBe('409 conflict');
    settle();
    const id = await server();
    expect(await told('POST', `/servers/${id}/actions/attach_to_network`, { network })).toBe('201');
    expect([await add(), await told('PUT', '/networks/0', { name: 'm' })]).toEqual(['201', '404 not_found']);
  });
});

describe('a Primary IP', () => {
  const ip = (more: object = {}): object => ({ name: 'ip', type: 'ipv4', location: 'fsn1', ...more });

  it('is ordered for a place or for a server', async () => {
    const id = await server({ public_net: { enable_ipv4: false }, start_after_create: false });
    const both = ip({ assignee_id: id, assignee_type: 'server' });
    expect(await told('POST', '/primary_ips', both)).toBe('422 invalid_input assignee_id location');
    const one = { name: 'ip', type: 'ipv4', assignee_id: id, assignee_type: 'server' };
    expect(await told('POST', '/primary_ips', one)).toBe('201');
  });

  it('is assigned to a server that is named as such and free', async () => {
    const id = await server({ public_net: { enable_ipv4: false } });
    const path = `/primary_ips/${await made('/primary_ips', ip())}/actions`;
    expect(await told('POST', `${path}/assign`, { assignee_id: id })).toBe('422 invalid_input assignee_type');
    const whole = { assignee_id: id, assignee_type: 'server' };
    await hetzner.admin('PUT', 'guests', { stuckCreations: 1 });
    const busy = await made('/servers', order({ name: 'busy', public_net: { enable_ipv4: false } }));
    expect(await told('POST', `${path}/assign`, { ...whole, assignee_id: busy })).toBe('423 locked');
    await told('POST', `/servers/${id}/actions/poweroff`);
    settle();
    expect(await told('POST', `${path}/assign`, whole)).toBe('201');
  });

  it('comes and goes in an action that locks its server', async () => {
    await hetzner.simulator.stop();
    hetzner = await simulateHetzner({ startGuest: 'none', clock: standingClock() });
    const id = await server({ public_net: { enable_ipv4: false }, start_after_create: false });
    const path = `/primary_ips/${await made('/primary_ips', ip())}`;
    const start = () => told('POST', `/servers/${id}/actions/poweron`);
    const whole = { assignee_id: id, assignee_type: 'server' };
    expect(await told('POST', `${path}/actions/assign`, whole)).toBe('201');
    expect(await start()).toBe('423 locked');
    settle();
    expect(await told('POST', `${path}/actions/unassign`)).toBe('201');
    expect(await told('DELETE', path)).toBe('422 must_be_unassigned');
    expect(await start()).toBe('423 locked');
    settle();
    expect([await told('DELETE', path), await start()]).toEqual(['204', '201']);
  });

  it('is either protected or deleted with its server', async () => {
    const path = `/primary_ips/${await made('/primary_ips', ip({ auto_delete: true }))}`;
    const protect = (wanted: boolean) =>
      told('POST', `${path}/actions/change_protection`, { delete: wanted });
    expect(await protect(true)).toBe('422 invalid_input delete');
    await told('PUT', path, { auto_delete: false });
    expect(await protect(true)).toBe('201');
    expect(await told('PUT', path, { auto_delete: true })).toBe('422 invalid_input auto_delete');
    expect(await protect(false)).toBe('201');
  });

  it('must be where its server is ordered, whichever of the two it is', async () => {
    const ipv4 = await made('/primary_ips', ip());
    const ipv6 = await made('/primary_ips', ip({ name: 'far', type: 'ipv6', location: 'hel1' }));
    const wanted = order({ location: undefined, public_net: { ipv4, ipv6 } });
    expect(await told('POST', '/servers', wanted)).toBe('422 primary_ip_datacenter_mismatch');
  });
});

describe('a server', () => {
  it('is powered on only where something can reach it', async () => {
    const id = await server({ public_net: { enable_ipv6: false } });
    await told('POST', `/servers/${id}/actions/poweroff`);
    settle();
    const { body } = await rawCall(hetzner, 'GET', `/servers/${id}`);
    const net = (body as { server: { public_net: { ipv4: { id: number } } } }).server.public_net;
    expect(await told('POST', `/primary_ips/${net.ipv4.id}/actions/unassign`)).toBe('201');
    settle();
    expect(await told('POST', `/servers/${id}/actions/poweron`)).toBe('422 invalid_input');
  });

  it('is protected from deletion and rebuild alike', async () => {
    const id = await server();
    const protect = (body: object) => told('POST', `/servers/${id}/actions/change_protection`, body);
    expect(await protect({ delete: true })).toBe('422 invalid_input delete');
    expect(await protect({ delete: true, rebuild: true })).toBe('201');
    expect(await protect({ rebuild: false })).toBe('422 invalid_input delete');
  });

  it('does not hear a reboot where it never booted, and does a reset', async () => {
    await hetzner.admin('PUT', 'guests', { neverBoot: 1 });
    const id = await server();
    await hetzner.admin('PUT', 'guests', { neverBoot: 0 });
    const guests = async () => (await hetzner.admin<{ runningGuests: number }>('GET', 'state')).runningGuests;
    await told('POST', `/servers/${id}/actions/reboot`);
    settle();
    expect(await guests()).toBe(0);
    await told('POST', `/servers/${id}/actions/reset`);
    settle();
    expect(await guests()).toBe(1);
  });
});

describe('a token that may only read', () => {
  it('has its refusals counted against the project', async () => {
    // The bucket of the limit fills again by the second.
    await hetzner.simulator.stop();
    hetzner = await simulateHetzner({ startGuest: 'none', clock: standingClock() });
    await hetzner.admin('PUT', 'tokens', { reader: 'readonly:demo' });
    const headers = { authorization: 'Bearer reader' };
    const write = await fetch(`${hetzner.simulator.endpoint}/servers`, { method: 'POST', headers });
    const own = await fetch(`${hetzner.simulator.endpoint}/locations`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([write.status, write.headers.get('ratelimit-remaining')]).toEqual([401, '3599']);
    expect(own.headers.get('ratelimit-remaining')).toBe('3598');
  });
});
