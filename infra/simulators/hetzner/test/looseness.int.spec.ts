import { rawCall } from './raw-call.js';
import { simulateHetzner, type SimulatedHetzner } from './simulated-hetzner.js';

let hetzner: SimulatedHetzner;

beforeAll(async () => {
  hetzner = await simulateHetzner({ startGuest: 'none' });
});
afterAll(() => hetzner.simulator.stop());

const settle = (): void => hetzner.simulator.advance(3_600_000);
const post = (path: string, body: object) => rawCall(hetzner, 'POST', path, body);

async function made(path: string, body: object): Promise<number> {
  const answer = await post(path, body);
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return Object.values(answer.body as Record<string, { id: number }>)[0]?.id ?? 0;
}

const order = (name: string, more: object): object => ({
  ...{ name, server_type: 'cx23', image: 'debian-12', location: 'fsn1', ...more },
});

describe('a request', () => {
  it('may say null where it could say nothing', async () => {
    const nothing = { ssh_keys: null, firewalls: null, networks: null, volumes: null, placement_group: null };
    const net = { public_net: { ipv4: null, ipv6: null, enable_ipv6: null } };
    const more = { start_after_create: null, user_data: null, labels: null, ...nothing, ...net };
    await made('/servers', order('one', more));
    for (const [field, wrong] of Object.entries({ image: null, labels: { kind: null } }))
      expect((await post('/servers', order('two', { [field]: wrong }))).body).toMatchObject({
        error: { code: 'invalid_input', details: { fields: [{ name: expect.stringContaining(field) }] } },
      });
  });

  it('takes all rules from a firewall by null, as hcloud-go writes it, and none by not naming them', async () => {
    const rules = [{ direction: 'in', protocol: 'icmp', source_ips: ['10.0.0.0/8'] }];
    const id = await made('/firewalls', { name: 'wall', rules });
    const shown = async () => (await rawCall(hetzner, 'GET', `/firewalls/${id}`)).body;
    expect((await post(`/firewalls/${id}/actions/set_rules`, {})).status).toBe(422);
    expect(await shown()).toMatchObject({ firewall: { rules } });
    await made(`/firewalls/${id}/actions/set_rules`, { rules: null });
    expect(await shown()).toMatchObject({ firewall: { rules: [] } });
  });

  it('may write a number as text wherever it names something by it', async () => {
    const id = await made('/servers', order('three', { public_net: { enable_ipv4: false } }));
    settle();
    const subnets = [{ type: 'cloud', network_zone: 'eu-central' }];
    const network = await made('/networks', { name: 'n', ip_range: '10.0.0.0/16', subnets });
    await made(`/servers/${id}/actions/attach_to_network`, { network: `${network}` });
    const target = { type: 'server', server: { id: `${id}` } };
    await made('/firewalls', { name: 'f', apply_to: [target] });
    settle();
    await made(`/servers/${id}/actions/poweroff`, {});
    settle();
    await made('/primary_ips', { name: 'ip', type: 'ipv4', assignee_id: `${id}`, assignee_type: 'server' });
  });
});
