import { HetznerError, type HetznerClient, type HetznerServer } from '@cleanroom/hetzner';
import {
  prepareOrder,
  simulateHetzner,
  standingClock,
  until,
  type SimulatedHetzner,
} from './simulated-hetzner.js';

let hetzner: SimulatedHetzner;
let client: HetznerClient;

beforeEach(async () => {
  hetzner = await simulateHetzner();
  client = hetzner.client;
});
afterEach(() => hetzner.simulator.stop());

const kindOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return error instanceof HetznerError ? error.kind : String(error);
  }
};
const unlocked = (id: number): Promise<HetznerServer> =>
  until(
    () => client.getServer(id),
    ({ status, locked }) => status === 'running' && !locked,
  );
const gone = (id: number): Promise<string> =>
  until(
    () => kindOf(client.getServer(id)),
    (kind) => kind === 'not-found',
  );
const guestOf = (serverId: number): (SimulatedHetzner['guests'][number] | undefined)[] =>
  hetzner.guests.filter((guest) => guest.serverId === serverId);

describe('the life of a server', () => {
  it('goes from order over rebuild to deletion, and leaves its address behind', async () => {
    const order = await prepareOrder(client);
    const { server, action, nextActions } = await client.createServer(order);
    expect(server).toMatchObject({
      name: 'cr-a-1',
      status: 'initializing',
      locked: true,
      serverType: 'cx23',
    });
    expect(server.firewalls).toEqual([{ id: order.firewallIds[0], status: 'pending' }]);
    expect(nextActions.map(({ command, status }) => `${command} ${status}`)).toEqual([
      'start_server running',
      'apply_firewall running',
    ]);

    const running = await unlocked(server.id);
    expect(running.firewalls).toEqual([{ id: order.firewallIds[0], status: 'applied' }]);
    const ids = [action, ...nextActions].map(({ id }) => id);
    expect((await client.getActions(ids)).map(({ status }) => status)).toEqual([
      'success',
      'success',
      'success',
    ]);
    await until(
      async () => guestOf(server.id),
      (found) => found.length === 1,
    );
    expect(guestOf(server.id)[0]).toMatchObject({
      address: running.ipv4?.address,
      userData: '#cloud-config',
    });
    expect(running.ipv4?.address).toMatch(/^127\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./);

    guestOf(server.id)[0]!.disk.used = true;
    const rebuild = await client.rebuildServer(server.id, { image: 'debian-12', userData: '#second' });
    expect(guestOf(server.id)[0]?.stopped).toBe(true);
    expect((await client.listServerActions(server.id))[0]).toMatchObject({
      id: rebuild.id,
      command: 'rebuild_server',
    });
    await until(
      async () => guestOf(server.id),
      (found) => found.length === 2,
    );
    expect(guestOf(server.id)[1]).toMatchObject({
      userData: '#second',
      disk: {},
      address: running.ipv4?.address,
    });
    expect((await client.getServer(server.id)).created).toEqual(server.created);

    await client.deleteServer(server.id);
    expect(guestOf(server.id)[1]?.stopped).toBe(true);
    await gone(server.id);
    await until(
      () => client.getPrimaryIp(order.primaryIpv4Id),
      ({ assigneeId }) => assigneeId === undefined,
    );
    await client.deletePrimaryIp(order.primaryIpv4Id);
    expect(await client.listPrimaryIps('own=yes')).toEqual([]);
  });

  it('is locked while an action runs, and holds its address until it is gone', async () => {
    await hetzner.simulator.stop();
    hetzner = await simulateHetzner({ clock: standingClock() });
    client = hetzner.client;
    const order = await prepareOrder(client);
    const { server } = await client.createServer(order);
    expect(await kindOf(client.deleteServer(server.id))).toBe('locked');
    hetzner.simulator.advance(3_600_000);
    await unlocked(server.id);
    await client.deleteServer(server.id);
    expect(await kindOf(client.deletePrimaryIp(order.primaryIpv4Id))).toBe('must-be-unassigned');
    const rebuilt = kindOf(client.rebuildServer(server.id, { image: 'debian-12', userData: '' }));
    expect(await rebuilt).toBe('locked');
  });

  it('begins only once per name, and with an address that nobody holds', async () => {
    const order = await prepareOrder(client);
    await client.createServer(order);
    expect(await kindOf(client.createServer(order))).toBe('name-taken');
    expect(await kindOf(client.createServer({ ...order, name: 'cr-b-1' }))).toBe('invalid');
  });

  it('hangs where a guest is told never to come up', async () => {
    await hetzner.admin('PUT', 'guests', { neverBoot: 1 });
    const { server } = await client.createServer(await prepareOrder(client));
    await unlocked(server.id);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(hetzner.guests).toEqual([]);
  });

  it('boots a guest that will die once enrolled where it is told so', async () => {
    await hetzner.admin('PUT', 'guests', { enrolAndDie: 1 });
    await client.createServer(await prepareOrder(client));
    await until(
      async () => hetzner.guests,
      ([guest]) => guest?.behaviour.dieAfterEnrol === true,
    );
  });
});

describe('an order', () => {
  it('is refused in both forms where the type is sold out, and accepted elsewhere', async () => {
    const order = await prepareOrder(client);
    for (const stock of [
      { serverType: 'cx23', location: 'fsn1', soldOut: 'resource_unavailable' },
      { serverType: 'cpx22', location: '*', soldOut: 'invalid_input' },
    ])
      await hetzner.admin('PUT', 'stock', stock);
    expect(await kindOf(client.createServer(order))).toBe('sold-out');
    expect(await kindOf(client.createServer({ ...order, serverType: 'cpx22' }))).toBe('sold-out');
    const types = await client.listServerTypes();
    const availableIn = (name: string): unknown =>
      types.find((type) => type.name === name)?.locations.map(({ available }) => available);
    expect([availableIn('cx23'), availableIn('cpx22')]).toEqual([
      [false, true, true],
      [true, true, true],
    ]);
    await client.createServer({ ...order, serverType: 'cx33' });
  });

  it('is refused beyond the limits of the account', async () => {
    await hetzner.admin('PUT', 'limits', { servers: 0 });
    expect(await kindOf(client.createServer(await prepareOrder(client)))).toBe('limit-exceeded');
  });

  it.each([
    ['an unknown type', { serverType: 'cx999' }],
    ['an unknown image', { image: 'windows-95' }],
    ['a name that is no host name', { name: 'cr_a_1' }],
    ['too much user data', { userData: 'x'.repeat(32 * 1024 + 1) }],
    ['a bad label', { labels: { 'a b': 'c' } }],
    ['a location where its address does not live', { location: 'nbg1' }],
  ])('is refused with %s', async (_, change) => {
    expect(await kindOf(client.createServer({ ...(await prepareOrder(client)), ...change }))).toBe('invalid');
  });

  it('makes a root password only where no key is given', async () => {
    const send = async (
      body: object,
    ): Promise<{ root_password: unknown; server: { public_net: object } }> => {
      const response = await fetch(`${hetzner.simulator.endpoint}/servers`, {
        method: 'POST',
        headers: { authorization: 'Bearer simulated-token', 'content-type': 'application/json' },
        body: JSON.stringify({ server_type: 'cx23', image: 'debian-12', ...body }),
      });
      return response.json() as never;
    };
    await client.createSshKey({ name: 'k', publicKey: `ssh-ed25519 ${'B'.repeat(68)}`, labels: {} });
    expect((await send({ name: 'with', ssh_keys: ['k'] })).root_password).toBeNull();
    const without = await send({ name: 'without' });
    expect(without.root_password).toMatch(/^\w{20}$/);
    expect(without.server.public_net).toMatchObject({
      ipv4: { ip: expect.any(String) },
      ipv6: { ip: expect.any(String) },
    });
  });
});

describe('firewalls', () => {
  it('come to servers by label selector within a moment, and leave with the label', async () => {
    const { server } = await client.createServer(await prepareOrder(client));
    await unlocked(server.id);
    const policy = await client.createFirewall({
      name: 'policy',
      labels: {},
      rules: [
        { direction: 'in', protocol: 'tcp', port: '443', sourceIps: ['10.0.0.0/8'], destinationIps: [] },
      ],
      labelSelector: 'policy=on',
    });
    const labelled = await client.updateServerLabels(server.id, { own: 'yes', policy: 'on' });
    expect(labelled.firewalls).toContainEqual({ id: policy.id, status: 'pending' });
    const statusOf = (server: HetznerServer): string | undefined =>
      server.firewalls.find(({ id }) => id === policy.id)?.status;
    await until(
      () => client.getServer(server.id),
      (seen) => statusOf(seen) === 'applied',
    );
    expect(await kindOf(client.deleteFirewall(policy.id))).toBe('conflict');
    await client.updateServerLabels(server.id, { own: 'yes' });
    await until(
      () => client.getServer(server.id),
      (seen) => statusOf(seen) === undefined,
    );
    await client.removeFirewallFromLabelSelector(policy.id, 'policy=on');
    await client.deleteFirewall(policy.id);
    expect(await kindOf(client.getFirewall(policy.id))).toBe('not-found');
  });

  it.each([
    ['a port of a protocol without ports', { protocol: 'icmp', port: '80' }],
    ['no port where one is needed', { port: undefined }],
    ['a port that is none', { port: '70000' }],
    ['no sources', { sourceIps: [] }],
    ['a source that is no network', { sourceIps: ['10.0.0.1'] }],
  ])('refuse rules with %s', async (_, change) => {
    const rule = {
      direction: 'in',
      protocol: 'tcp',
      port: '443',
      sourceIps: ['10.0.0.0/8'],
      destinationIps: [],
    } as const;
    const rules = [{ ...rule, ...change } as typeof rule];
    expect(await kindOf(client.createFirewall({ name: 'bad', labels: {}, rules }))).toBe('invalid');
  });
});
