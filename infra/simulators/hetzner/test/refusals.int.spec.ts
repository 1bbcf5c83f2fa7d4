import { rawCall } from './raw-call.js';
import { PUBLIC_KEY, simulateHetzner, type SimulatedHetzner } from './simulated-hetzner.js';

let hetzner: SimulatedHetzner;

beforeEach(async () => {
  hetzner = await simulateHetzner({ startGuest: 'none' });
});
afterEach(() => hetzner.simulator.stop());

const settle = (): void => hetzner.simulator.advance(3_600_000);

/** Asks and expects to be served; the id of what was made. */
async function made(method: string, path: string, body?: object): Promise<number> {
  const answer = await rawCall(hetzner, method, path, body);
  expect([path, answer.status < 300, answer.status < 300 ? '' : answer.body]).toEqual([path, true, '']);
  const kinds = Object.values((answer.body ?? {}) as Record<string, { id?: number }>);
  return kinds[0]?.id ?? 0;
}

/** Status, code and message of a refusal; `details` must be there. */
async function refused(method: string, path: string, body?: object): Promise<string> {
  const answer = await rawCall(hetzner, method, path, body);
  const { error } = answer.body as { error: { code: string; message: string; details: unknown } };
  expect(error).toHaveProperty('details');
  return `${answer.status} ${error.code}: ${error.message}`;
}

const server = (more: object = {}): object => ({
  name: 'one',
  server_type: 'cx23',
  image: 'debian-12',
  location: 'fsn1',
  ...more,
});

describe('an order', () => {
  it('is not refused for being looser than the description', async () => {
    const firewall = await made('POST', '/firewalls', { name: 'wall' });
    const key = await made('POST', '/ssh_keys', { name: 'key', public_key: PUBLIC_KEY });
    const loose = {
      location: 1,
      ssh_keys: [key],
      firewalls: [{ firewall: String(firewall) }],
      colour: 'red',
    };
    await made('POST', '/servers', server({ server_type: 114, image: 114690387, ...loose }));
    const strict = { server_type: '114', image: '114690387', location: 'fsn1', ssh_keys: ['key'] };
    await made('POST', '/servers', server({ name: 'two', ...strict }));
    expect((await rawCall(hetzner, 'GET', '/servers?sort=colour&colour=red')).status).toBe(200);
  });
});

describe('an order is refused', () => {
  it('with every wrong field named', async () => {
    const answer = await rawCall(hetzner, 'POST', '/servers', { name: 'not a name', labels: { '-': 'x' } });
    const { error } = answer.body as { error: { details: { fields: { name: string }[] } } };
    expect(answer.status).toBe(422);
    expect(error.details.fields.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining(['image', 'name', 'server_type']),
    );
  });

  it('for addresses that are held, of the other kind, or elsewhere', async () => {
    const order = (name: string, location: string, type = 'ipv4'): object => ({ name, type, location });
    const held = await made('POST', '/primary_ips', order('held', 'fsn1'));
    const far = await made('POST', '/primary_ips', order('far', 'hel1'));
    await made('POST', '/servers', server({ public_net: { ipv4: held } }));
    const two = (net: object): object => server({ name: 'two', public_net: net });
    expect(await refused('POST', '/servers', two({ ipv4: held }))).toMatch(/^422 primary_ip_assigned/);
    expect(await refused('POST', '/servers', two({ ipv4: far }))).toMatch(
      /^422 primary_ip_datacenter_mismatch/,
    );
    expect(await refused('POST', '/servers', two({ ipv6: far }))).toMatch(/^412 primary_ip_version_mismatch/);
    const none = { enable_ipv4: false, enable_ipv6: false };
    expect(await refused('POST', '/servers', two(none))).toMatch(/^422 invalid_input/);
  });

  it('for a volume, of which there are none', async () => {
    expect((await rawCall(hetzner, 'GET', '/volumes?label_selector=a%3Db')).body).toMatchObject({
      volumes: [],
      meta: { pagination: { total_entries: 0 } },
    });
    expect(await refused('POST', '/servers', server({ volumes: [7] }))).toMatch(/^422 invalid_input/);
  });

  it('beyond each of the limits of the account', async () => {
    const limits = { servers: 1, primaryIps: 2, networks: 0, placementGroups: 0, firewalls: 0, sshKeys: 0 };
    await hetzner.admin('PUT', 'limits', limits);
    await made('POST', '/servers', server());
    const exceeded = '403 resource_limit_exceeded: ';
    expect(await refused('POST', '/servers', server({ name: 'two' }))).toBe(
      `${exceeded}server limit exceeded`,
    );
    const ip = { name: 'ip', type: 'ipv4', location: 'fsn1' };
    expect(await refused('POST', '/primary_ips', ip)).toBe(`${exceeded}Primary IP limit exceeded`);
    expect(await refused('POST', '/networks', { name: 'n', ip_range: '10.0.0.0/16' })).toBe(
      `${exceeded}network limit exceeded`,
    );
    expect(await refused('POST', '/placement_groups', { name: 'p', type: 'spread' })).toBe(
      `${exceeded}placement group limit exceeded`,
    );
    expect(await refused('POST', '/firewalls', { name: 'f' })).toBe(`${exceeded}firewall limit exceeded`);
    const key = { name: 'k', public_key: PUBLIC_KEY };
    expect(await refused('POST', '/ssh_keys', key)).toBe(`${exceeded}SSH key limit exceeded`);
    await hetzner.admin('PUT', 'limits', { servers: 3, primaryIps: 6, dedicatedCores: 5 });
    await made('POST', '/servers', server({ name: 'two', server_type: 'ccx23' }));
    expect(await refused('POST', '/servers', server({ name: 'three', server_type: 'ccx13' }))).toBe(
      `${exceeded}dedicated core limit exceeded`,
    );
  });

  it('where the placement group has no host left', async () => {
    await hetzner.admin('PUT', 'limits', { servers: 20, primaryIps: 50 });
    const group = await made('POST', '/placement_groups', { name: 'apart', type: 'spread' });
    const member = (index: number): object => server({ name: `s${index}`, placement_group: group });
    for (let index = 0; index < 10; index += 1) await made('POST', '/servers', member(index));
    expect(await refused('POST', '/servers', member(10))).toMatch(/^422 placement_error/);
  });
});

describe('what the list of types says of stock', () => {
  it('may be wrong both ways, as it is at Hetzner', async () => {
    const message = 'server location disabled';
    for (const stock of [
      { serverType: 'cx23', location: 'fsn1', soldOut: null, listed: false },
      { serverType: 'cx23', location: 'nbg1', soldOut: 'resource_unavailable', listed: true, message },
      { serverType: 'cax11', location: '*', soldOut: 'invalid_input' },
    ])
      await hetzner.admin('PUT', 'stock', stock);
    const { body } = await rawCall(hetzner, 'GET', '/server_types?name=cx23');
    const [type] = (body as { server_types: { locations: { name: string; available: boolean }[] }[] })
      .server_types;
    expect(type?.locations.map(({ name, available }) => [name, available])).toEqual([
      ['fsn1', false],
      ['nbg1', true],
      ['hel1', true],
    ]);
    await made('POST', '/servers', server());
    expect(await refused('POST', '/servers', server({ name: 'two', location: 'nbg1' }))).toBe(
      `412 resource_unavailable: ${message}`,
    );
    expect(await refused('POST', '/servers', server({ name: 'two', server_type: 'cax11' }))).toBe(
      '422 invalid_input: unsupported location for server type',
    );
  });
});

describe('an address', () => {
  it('is taken and given back only while its server is off, and where they are at one place', async () => {
    const id = await made('POST', '/servers', server({ public_net: { enable_ipv4: false } }));
    settle();
    const order = { name: 'near', type: 'ipv4', location: 'fsn1' };
    const near = await made('POST', '/primary_ips', order);
    const far = await made('POST', '/primary_ips', { ...order, name: 'far', location: 'hel1' });
    const assign = (ip: number): [string, string, object] => [
      'POST',
      `/primary_ips/${ip}/actions/assign`,
      { assignee_id: id, assignee_type: 'server' },
    ];
    expect(await refused(...assign(near))).toMatch(/^422 server_not_stopped/);
    await made('POST', `/servers/${id}/actions/poweroff`);
    settle();
    expect(await refused(...assign(far))).toMatch(/^422 primary_ip_datacenter_mismatch/);
    await made(...assign(near));
    settle();
    expect(await refused(...assign(near))).toMatch(/^422 primary_ip_already_assigned/);
    expect(await refused('DELETE', `/primary_ips/${near}`)).toMatch(/^422 must_be_unassigned/);
    await made('POST', `/servers/${id}/actions/poweron`);
    settle();
    expect(await refused('POST', `/primary_ips/${near}/actions/unassign`)).toMatch(/^422 server_not_stopped/);
  });
});

describe('a change of type', () => {
  it('needs a server that is off, a fitting type, and stock', async () => {
    const id = await made('POST', '/servers', server());
    settle();
    const change = (type: string): [string, string, object] => [
      'POST',
      `/servers/${id}/actions/change_type`,
      { server_type: type, upgrade_disk: true },
    ];
    expect(await refused(...change('cx33'))).toMatch(/^422 server_not_stopped/);
    await made('POST', `/servers/${id}/actions/poweroff`);
    settle();
    expect(await refused(...change('cx99'))).toMatch(/^422 invalid_input/);
    expect(await refused(...change('cax21'))).toMatch(/^422 invalid_server_type/);
    await hetzner.admin('PUT', 'stock', {
      serverType: 'cx33',
      location: 'fsn1',
      soldOut: 'resource_unavailable',
    });
    expect(await refused(...change('cx33'))).toMatch(/^412 resource_unavailable/);
    await made(...change('cx43'));
    settle();
    expect(await refused(...change('cx23'))).toMatch(/^422 server_not_stopped/);
    await made('POST', `/servers/${id}/actions/poweroff`);
    settle();
    expect(await refused(...change('cx23'))).toMatch(/^422 invalid_server_type/);
  });
});

describe('a network', () => {
  it('takes a server once, in a subnet of its zone, under an address that is free', async () => {
    const outside = await made('POST', '/networks', { name: 'a', ip_range: '10.0.0.0/16' });
    const id = await made('POST', '/servers', server());
    settle();
    const attach = (network: number, more: object = {}): [string, string, object] => [
      'POST',
      `/servers/${id}/actions/attach_to_network`,
      { network, ...more },
    ];
    expect(await refused(...attach(outside))).toMatch(/^422 no_subnet_available/);
    const subnet = { type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.0.0/24' };
    await made('POST', `/networks/${outside}/actions/add_subnet`, subnet);
    settle();
    expect(await refused('POST', `/networks/${outside}/actions/add_subnet`, subnet)).toMatch(
      /^422 invalid_input/,
    );
    expect(await refused(...attach(outside, { ip: '10.9.9.9' }))).toMatch(/^422 ip_not_available/);
    await made(...attach(outside));
    settle();
    expect(await refused(...attach(outside))).toMatch(/^422 server_already_attached/);
    const same = await made('POST', '/networks', { name: 'b', ip_range: '10.0.0.0/8', subnets: [subnet] });
    expect(await refused(...attach(same))).toMatch(/^422 networks_overlap/);
    const { body } = await rawCall(hetzner, 'GET', `/servers/${id}`);
    expect(body).toMatchObject({ server: { private_net: [{ network: outside, ip: '10.0.0.2' }] } });
    const gone = { ip_range: '10.0.0.0/24' };
    expect(await refused('POST', `/networks/${outside}/actions/delete_subnet`, gone)).toMatch(
      /^422 resource_in_use/,
    );
    expect(await refused('POST', '/networks', { name: 'c', ip_range: '8.8.8.0/24' })).toMatch(
      /^422 invalid_input/,
    );
  });
});
