import { rawCall } from './raw-call.js';
import { PUBLIC_KEY, simulateHetzner, standingClock, type SimulatedHetzner } from './simulated-hetzner.js';

const HOUR = 3_600_000;
/** What a deletion takes at latency `fast`, and its address after it; milliseconds. */
const [DELETION, RELEASE] = [20, 10];

interface Made {
  readonly id: number;
}

let hetzner: SimulatedHetzner;

beforeEach(async () => {
  hetzner = await simulateHetzner({ clock: standingClock() });
});
afterEach(() => hetzner.simulator.stop());

const ask = async <T>(method: string, path: string, body?: object): Promise<T> =>
  (await rawCall(hetzner, method, path, body)).body as T;

async function running(more: object): Promise<number> {
  const order = { name: 'one', server_type: 'cx23', image: 'debian-12', location: 'fsn1', ...more };
  const { id } = (await ask<{ server: Made }>('POST', '/servers', order)).server;
  hetzner.simulator.advance(HOUR);
  return id;
}

describe('a rebuild', () => {
  const rebuild = async (id: number, more: object = {}): Promise<string | null> => {
    const path = `/servers/${id}/actions/rebuild`;
    const answer = await ask<{ root_password: string | null }>('POST', path, { image: 'debian-12', ...more });
    hetzner.simulator.advance(HOUR);
    return answer.root_password;
  };

  it('begins with the user data of before where none is given, and keeps what is given', async () => {
    const id = await running({ user_data: '#first' });
    for (const given of [{}, { user_data: null }, { user_data: '#second' }, {}]) await rebuild(id, given);
    const begun = hetzner.guests.map(({ userData }) => userData);
    expect(begun).toEqual(['#first', '#first', '#first', '#second', '#second']);
  });

  it('makes a root password only where no key was given', async () => {
    expect(await rebuild(await running({}))).toMatch(/^\w{20}$/);
    await ask('POST', '/ssh_keys', { name: 'key', public_key: PUBLIC_KEY });
    expect(await rebuild(await running({ name: 'two', ssh_keys: ['key'] }))).toBeNull();
  });
});

describe('a deletion', () => {
  it('is over before the address of its server is free', async () => {
    const order = { name: 'ip', type: 'ipv4', location: 'fsn1' };
    const { id: address } = (await ask<{ primary_ip: Made }>('POST', '/primary_ips', order)).primary_ip;
    const id = await running({ public_net: { ipv4: address } });
    const { action } = await ask<{ action: Made }>('DELETE', `/servers/${id}`);
    hetzner.simulator.advance(DELETION);
    expect(await ask('GET', `/actions/${action.id}`)).toMatchObject({ action: { status: 'success' } });
    expect((await rawCall(hetzner, 'GET', `/servers/${id}`)).status).toBe(404);
    expect(await ask('GET', `/primary_ips/${address}`)).toMatchObject({ primary_ip: { assignee_id: id } });
    const again = { name: 'two', server_type: 'cx23', image: 'debian-12', public_net: { ipv4: address } };
    expect(await ask('POST', '/servers', again)).toMatchObject({ error: { code: 'primary_ip_assigned' } });
    hetzner.simulator.advance(RELEASE);
    expect(await ask('GET', `/primary_ips/${address}`)).toMatchObject({ primary_ip: { assignee_id: null } });
    expect((await rawCall(hetzner, 'DELETE', `/primary_ips/${address}`)).status).toBe(204);
  });
});
