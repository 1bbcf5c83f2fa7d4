import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawCall } from './raw-call.js';
import { hurriedClock, prepareOrder, simulateHetzner, until } from './simulated-hetzner.js';

let stateFolder: string;

beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'hetzner-'));
});
afterEach(() => rmSync(stateFolder, { recursive: true }));

interface Counted {
  lastSeq: number;
  callsForgotten: number;
  calls: { seq: number; operation: string | null }[];
}

interface Ledger {
  calls: object[];
  servers: { id: number; hoursBilled: number }[];
  others: { kind: string }[];
}

describe('a restart', () => {
  it('finds servers, addresses, the ledger and the disks of guests again', async () => {
    const first = await simulateHetzner({ stateFolder });
    const order = await prepareOrder(first.client);
    const { server } = await first.client.createServer(order);
    await until(
      async () => first.guests,
      ({ length }) => length === 1,
    );
    first.guests[0]!.disk.enrolled = 'before';
    await first.simulator.stop();
    expect(first.guests[0]?.stopped).toBe(true);

    const second = await simulateHetzner({ stateFolder });
    expect(await second.client.findServerByName(order.name)).toMatchObject({
      id: server.id,
      status: 'running',
    });
    expect((await second.client.getPrimaryIp(order.primaryIpv4Id)).assigneeId).toBe(server.id);
    expect(second.guests).toMatchObject([{ serverId: server.id, disk: { enrolled: 'before' } }]);
    const ledger = await second.admin<Ledger>('GET', 'report');
    expect(ledger.servers).toMatchObject([{ id: server.id }]);
    expect(ledger.others.map(({ kind }) => kind)).toEqual(['ssh_key', 'firewall']);
    expect(ledger.calls.length).toBeGreaterThan(5);
    const fresh = await second.client.createPrimaryIp({ name: 'fresh', location: 'fsn1', labels: {} });
    expect(fresh.id).toBeGreaterThan(server.id);
    await second.simulator.stop();
  });

  it('finds what is sold out, the limits and the prices as they were set', async () => {
    const first = await simulateHetzner({ stateFolder });
    const stock = { serverType: 'cx23', location: 'fsn1', soldOut: 'invalid_input' };
    await first.admin('PUT', 'stock', stock);
    await first.admin('PUT', 'limits', { servers: 3 });
    await first.admin('PUT', 'prices', { cx33: { hourly: '0.5000', monthly: '99.0000' } });
    await first.simulator.stop();
    const second = await simulateHetzner({ stateFolder, limits: { servers: 7, networks: 4 } });
    expect(await second.admin('GET', 'state')).toMatchObject({
      capacity: { stock: [stock], limits: { servers: 3, networks: 4, firewalls: 50 } },
      prices: { cx33: { hourly: '0.5000' } },
    });
    await second.simulator.stop();
  });

  it('finds the clock where it was put', async () => {
    const first = await simulateHetzner({ stateFolder });
    first.simulator.advance(48 * 3_600_000);
    const { now } = await first.admin<{ now: string }>('GET', 'state');
    await first.simulator.stop();
    const second = await simulateHetzner({ stateFolder });
    const { now: later } = await second.admin<{ now: string }>('GET', 'state');
    expect(Date.parse(later)).toBeGreaterThanOrEqual(Date.parse(now));
    await second.simulator.stop();
  });

  it('understands a state that was written before there were networks', async () => {
    const first = await simulateHetzner({ stateFolder });
    const { server } = await first.client.createServer(await prepareOrder(first.client));
    await first.simulator.stop();
    const file = join(stateFolder, 'state.json');
    const { state, lives } = JSON.parse(readFileSync(file, 'utf8')) as {
      state: { projects: { demo: { servers: object; networks?: object; placementGroups?: object } } };
      lives: { servers: object[]; others?: object };
    };
    const { networks: _n, placementGroups: _p, ...project } = state.projects.demo;
    const older = (text: string): unknown =>
      JSON.parse(text, (key, value: unknown) =>
        ['networks', 'placementGroupId', 'diskGb', 'rescales'].includes(key) ? undefined : value,
      );
    writeFileSync(
      file,
      JSON.stringify({
        state: { ...state, projects: { demo: older(JSON.stringify(project)) } },
        lives: older(JSON.stringify({ ...lives, others: undefined })),
      }),
    );
    const second = await simulateHetzner({ stateFolder });
    expect((await second.client.getServer(server.id)).id).toBe(server.id);
    expect(await second.admin('GET', 'report')).toMatchObject({ servers: [{ rescales: [] }], others: [] });
    await second.simulator.stop();
  });

  it('finds what a guest wrote even after a stop without warning', async () => {
    const first = await simulateHetzner({ stateFolder });
    await first.client.createServer(await prepareOrder(first.client));
    await until(
      async () => first.guests,
      ({ length }) => length === 1,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const stored = async (): Promise<string> => readFileSync(join(stateFolder, 'state.json'), 'utf8');
    expect(await stored()).not.toContain('credential');
    first.guests[0]!.disk.agent = {};
    (first.guests[0]!.disk.agent as Record<string, string>).credential = 'x';
    await until(stored, (text) => text.includes('credential'));
    await first.simulator.stop();
  });

  it('carries on with what was under way', async () => {
    const first = await simulateHetzner({ stateFolder, latency: 'realistic', clock: hurriedClock() });
    const { server } = await first.client.createServer(await prepareOrder(first.client));
    await first.simulator.stop();
    const second = await simulateHetzner({ stateFolder, clock: hurriedClock() });
    await until(
      () => second.client.getServer(server.id),
      ({ status }) => status === 'running',
    );
    await second.simulator.stop();
  });

  it('goes on counting calls where the file of calls is longer than its memory', async () => {
    const first = await simulateHetzner({ stateFolder });
    await first.client.listLocations();
    await first.simulator.stop();
    const file = join(stateFolder, 'ledger.jsonl');
    const line = readFileSync(file, 'utf8');
    writeFileSync(file, `${line.repeat(50_020)}{"at":`);
    const second = await simulateHetzner({ stateFolder });
    await second.client.listLocations();
    const ledger = await second.admin<Counted>('GET', 'report');
    expect(ledger).toMatchObject({ lastSeq: 50_021, callsForgotten: 21 });
    expect([ledger.calls.length, ledger.calls[0]?.seq, ledger.calls.at(-1)?.seq]).toEqual([
      50_000, 22, 50_021,
    ]);
    const newer = await second.admin<Counted>('GET', 'report?since=50020&operation=list_locations');
    expect([newer.callsForgotten, newer.calls.map(({ seq }) => seq)]).toEqual([0, [50_021]]);
    expect((await second.admin<Counted>('GET', 'report?operation=get_action')).calls).toEqual([]);
    await second.simulator.stop();
    // What was cut off takes nothing with it that came later.
    const third = await simulateHetzner({ stateFolder });
    const { calls } = await third.admin<Counted>('GET', 'report');
    expect([calls.at(-1)?.operation, calls.length]).toEqual(['list_locations', 49_999]);
    await third.simulator.stop();
  });

  it('enters in the ledger what it could not answer for a fault of its own', async () => {
    const first = await simulateHetzner({ stateFolder });
    const { server } = await first.client.createServer(await prepareOrder(first.client));
    await first.simulator.stop();
    const file = join(stateFolder, 'state.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"type":"cx23"', '"type":"never-was"'));
    const second = await simulateHetzner({ stateFolder, startGuest: 'none' });
    const { status } = await rawCall(second, 'GET', `/servers/${server.id}`);
    const { calls } = await second.admin<Counted>('GET', 'report?operation=get_server');
    expect([status, calls]).toMatchObject([500, [{ status: 500, code: 'server_error', project: 'demo' }]]);
    await second.simulator.stop();
  });

  it('names the file that it cannot read, instead of beginning afresh', async () => {
    writeFileSync(join(stateFolder, 'state.json'), '{"state":');
    await expect(simulateHetzner({ stateFolder })).rejects.toThrow(join(stateFolder, 'state.json'));
  });

  it('stops although clients hold on', async () => {
    const { simulator, admin } = await simulateHetzner({ stateFolder });
    await admin('POST', 'faults', { operation: '*', mode: 'delay', ms: 3_600_000 });
    const held = fetch(`${simulator.endpoint}/locations`).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await simulator.stop();
    await held;
  });
});
