import { readClock } from '@cleanroom/kernel';
import { rawCall } from './raw-call.js';
import {
  hurriedClock,
  prepareOrder,
  simulateHetzner,
  until,
  type SimulatedHetzner,
} from './simulated-hetzner.js';

interface Entry {
  readonly seq: number;
  readonly type: string;
  readonly operation?: string;
  readonly kind?: string;
  readonly what?: string;
}
interface Ledger {
  readonly now: string;
  readonly clock: string;
  readonly entries: readonly Entry[];
  readonly resources: readonly { readonly kind: string; readonly deletedAt: string | null }[];
}

let hetzner: SimulatedHetzner;

afterEach(() => hetzner.simulator.stop());

const ledger = (after = 0): Promise<Ledger> => hetzner.admin<Ledger>('GET', `ledger?after=${after}`);
const put = (path: string, body: object): Promise<Response> =>
  fetch(`${hetzner.simulator.url}/_sim/${path}`, { method: 'PUT', body: JSON.stringify(body) });

describe('the ledger', () => {
  it('tells each call, each thing that happened to a resource, and each resource', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    const { client, simulator } = hetzner;
    const { server } = await client.createServer(await prepareOrder(client));
    simulator.advance(3_700_000);
    await client.deleteServer(server.id);
    simulator.advance(60_000);
    const { now, clock, entries, resources } = await ledger();
    expect(Math.abs((readClock(clock)?.now().getTime() ?? 0) - Date.parse(now))).toBeLessThan(5_000);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1));
    expect(entries.find(({ operation }) => operation === 'delete_server')).toEqual({
      ...{ seq: expect.any(Number), at: expect.any(String), type: 'call', operation: 'delete_server' },
      ...{ method: 'DELETE', path: `/v1/servers/${server.id}`, status: 200, answerLost: false },
      remoteAddress: '127.0.0.1',
    });
    expect(entries.filter(({ kind }) => kind === 'server').map(({ what }) => what)).toEqual([
      ...['created', 'deletion_began', 'deleted'],
    ]);
    const [shown] = resources.filter(({ kind }) => kind === 'server');
    expect(shown).toEqual({
      ...{ kind: 'server', id: server.id, createdAt: server.created.toISOString() },
      ...{ deletedAt: expect.any(String), startedHours: 2, facts: expect.any(Object) },
      events: [
        {
          seq: expect.any(Number),
          at: server.created.toISOString(),
          what: 'created',
          facts: expect.any(Object),
        },
        expect.objectContaining({ what: 'deletion_began' }),
        expect.objectContaining({ what: 'deleted', at: shown?.deletedAt }),
      ],
    });
    expect(resources.map(({ kind }) => kind).sort()).toEqual(['firewall', 'primary_ip', 'server', 'ssh_key']);
  });

  it('tells only what came after a number, and refuses what is none', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    await hetzner.client.listLocations();
    const last = (await ledger()).entries.at(-1)?.seq ?? 0;
    expect((await ledger(last)).entries).toEqual([]);
    await hetzner.client.listServerTypes();
    expect((await ledger(last)).entries).toMatchObject([{ seq: last + 1, operation: 'list_server_types' }]);
    await expect(hetzner.admin('GET', 'ledger?after=x')).rejects.toThrow('after');
    await expect(hetzner.admin('GET', 'ledger?since=1')).rejects.toThrow('since: there is no such field');
  });
});

describe('a fault', () => {
  it('leaves one item out of a list, the one that is named, as often as it was told', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    const { client } = hetzner;
    const ips = await Promise.all(
      ['a', 'b', 'c'].map((name) => client.createPrimaryIp({ name, location: 'fsn1', labels: {} })),
    );
    const listed = async () => (await client.listPrimaryIps('')).map(({ id }) => id).sort();
    const omit = { operation: 'list_primary_ips', mode: 'omit', times: 1 };
    await hetzner.admin('POST', 'faults', { ...omit, id: ips[1]?.id });
    await hetzner.admin('POST', 'faults', { ...omit, id: 1 });
    expect(await listed()).toEqual([ips[0]?.id, ips[2]?.id].sort());
    expect(await listed()).toHaveLength(3);
    // What is in no list was left out of none.
    expect(await hetzner.admin('GET', 'faults')).toMatchObject({ faults: [{ struck: 1 }, { struck: 0 }] });
    await hetzner.admin('DELETE', 'faults');
    expect(await hetzner.admin('GET', 'faults')).toEqual({ faults: [] });
  });

  it('lets an action end in an error although its call was answered', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    await hetzner.admin('POST', 'faults', {
      operation: 'create_server',
      mode: 'action_error',
      code: 'server_error',
    });
    const { action } = await hetzner.client.createServer(await prepareOrder(hetzner.client));
    hetzner.simulator.advance(3_600_000);
    const [ended] = await hetzner.client.getActions([action.id]);
    expect(ended).toMatchObject({ status: 'error' });
  });

  it.each<[object, string]>([
    [{ operation: 'make_server', mode: 'fail' }, 'operation: '],
    [{ operation: 'get_server', mode: 'omit' }, 'mode: '],
    [{ operation: 'get_server', mode: 'fail', kind: 'x' }, 'kind: there is no such field'],
    [{ operation: 'get_server', mode: 'fail', ms: 'long' }, 'ms: '],
  ])('that nobody can have asked for is refused: %j', async (wrong, problem) => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    await expect(hetzner.admin('POST', 'faults', wrong)).rejects.toThrow(`422`);
    await expect(hetzner.admin('POST', 'faults', wrong)).rejects.toThrow(problem);
  });
});

describe('what can be had', () => {
  const order = { name: 'x', server_type: 'cx23', image: 'debian-12', location: 'fsn1' };
  const ordered = async (more: object = {}): Promise<string> => {
    const { status, body } = await rawCall(hetzner, 'POST', '/servers', { ...order, ...more });
    return `${status} ${(body as { error?: { code: string } }).error?.code ?? ''}`.trim();
  };

  it('is said by type and location, and can be had again', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    const stock = async (soldOut: string | null, location = 'fsn1') =>
      (await put('stock', { serverType: 'cx23', location, soldOut })).status;
    expect(await stock('resource_unavailable')).toBe(204);
    expect(await ordered()).toBe('412 resource_unavailable');
    expect(await stock('invalid_input')).toBe(204);
    expect(await ordered()).toBe('422 invalid_input');
    expect(await ordered({ location: 'nbg1' })).toBe('201');
    expect(await stock('invalid_input', '*')).toBe(204);
    expect(await stock(null)).toBe(204);
    expect(await ordered({ name: 'y' })).toBe('201');
    expect(await ordered({ name: 'z', location: 'nbg1' })).toBe('422 invalid_input');
    expect(await stock(null, '*')).toBe(204);
    expect(await ordered({ name: 'z', location: 'nbg1' })).toBe('201');
  });

  it('is limited as it is told', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    expect((await put('limits', { servers: 1 })).status).toBe(204);
    expect(await ordered()).toBe('201');
    expect(await ordered({ name: 'y' })).toBe('403 resource_limit_exceeded');
  });

  it.each<[string, object, string]>([
    ['limits', { servers: 'many' }, 'servers: '],
    ['limits', { cores: 1 }, 'cores: there is no such field'],
    ['stock', { serverType: 'cx23', location: 'fsn1' }, 'soldOut: '],
    ['stock', { serverType: 'cx23', location: 'fsn1', soldOut: 412 }, 'soldOut: '],
  ])('is not said by %s as %j', async (path, wrong, problem) => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    const answer = await put(path, wrong);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(problem);
  });
});

describe('the next machines', () => {
  it('go wrong as ordered, as many as were ordered, one after the other', async () => {
    hetzner = await simulateHetzner({ clock: hurriedClock() });
    const boot = async (name: string) => {
      const { server } = await hetzner.client.createServer(await prepareOrder(hetzner.client, name));
      await until(
        () => hetzner.client.getServer(server.id),
        ({ status }) => status === 'running',
      );
      return server.id;
    };
    const behaviourOf = async (id: number) =>
      (await until(async () => hetzner.guests.find(({ serverId }) => serverId === id), Boolean))?.behaviour;
    await hetzner.admin('POST', 'machines', { next: 'never_boots' });
    await hetzner.admin('POST', 'machines', { next: 'dies_after_enrolment', times: 1 });
    const [mute, dying, sound] = [await boot('a'), await boot('b'), await boot('c')];
    expect(await behaviourOf(dying)).toMatchObject({ dieAfterEnrol: true });
    expect((await behaviourOf(sound))?.dieAfterEnrol ?? false).toBe(false);
    expect(hetzner.guests.map(({ serverId }) => serverId)).not.toContain(mute);
  });

  it('are not ordered by a word that is none', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none' });
    await expect(hetzner.admin('POST', 'machines', { next: 'explodes' })).rejects.toThrow('next: ');
    await expect(hetzner.admin('POST', 'machines', { next: 'never_boots', count: 2 })).rejects.toThrow(
      'count: ',
    );
  });
});
