import { describeUnless } from '@cleanroom/testing';
import { routes } from '../src/routes.js';
import { membershipLife } from './membership-life.js';
import { officialDescription } from './official-description.js';
import { reverseNames } from './reverse-names.js';
import { PUBLIC_KEY, simulateHetzner, TOKEN, until, type SimulatedHetzner } from './simulated-hetzner.js';

const description = officialDescription();
const missing = description ? undefined : 'hetzner-openapi.json is missing beside the repository.';

let hetzner: SimulatedHetzner;
/** Operations that were asked for and answered with success. */
const seen = new Set<string>();

interface Identified extends Record<string, number> {
  id: number;
}

beforeAll(async () => {
  hetzner = await simulateHetzner({ startGuest: 'none' });
});
afterAll(() => hetzner.simulator.stop());

/** Calls an operation by its path in the description and holds the answer to it. */
async function call<T = Record<string, never>>(
  method: string,
  path: string,
  params: Record<string, number> = {},
  body?: object,
): Promise<T> {
  const [template = '', query = ''] = path.split('?');
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
  const response = await fetch(`${hetzner.simulator.endpoint}${url}${query && `?${query}`}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  const faults = description?.faults(method, template, response.status, answer);
  expect({ method, template, status: response.status, faults }).toMatchObject({ faults: [] });
  if (response.ok) seen.add(`${method} ${template}`);
  return answer as T;
}

const settled = (id: number): Promise<unknown> =>
  until(
    async () => (await call<{ server: { locked: boolean } }>('GET', '/servers/{id}', { id })).server,
    ({ locked }) => !locked,
  );

describeUnless(missing, 'answers as Hetzner describes them', () => {
  it('which notices what is missing, of the wrong type, or not described at all', () => {
    const faultsOf = (status: number, body: unknown): number =>
      description?.faults('GET', '/primary_ips/{id}', status, body).length ?? 0;
    expect(faultsOf(200, {})).toBeGreaterThan(0);
    expect(faultsOf(200, { primary_ip: { id: 'one' } })).toBeGreaterThan(0);
    expect(faultsOf(302, {})).toBeGreaterThan(0);
    const refusal = (code: string) => ({ error: { code, message: 'gone', details: null } });
    expect(faultsOf(404, refusal('not_found'))).toBe(0);
    expect(faultsOf(422, refusal('not_found'))).toBeGreaterThan(0);
    expect(faultsOf(404, refusal('never_heard'))).toBeGreaterThan(0);
  });

  it('for the catalogue', async () => {
    for (const list of ['/server_types', '/locations', '/images', '/volumes']) await call('GET', list);
    await call('GET', '/volumes/{id}', { id: 1 });
    await call('POST', '/volumes', {}, { name: 'v', size: 10, location: 'fsn1' });
    await call('GET', '/server_types/{id}', { id: 114 });
    await call('GET', '/locations/{id}', { id: 1 });
    await call('GET', '/images/{id}', { id: 114690387 });
    await call('GET', '/pricing');
    await call('GET', '/images/actions');
    await call('GET', '/images/{id}/actions', { id: 114690387 });
    for (const method of ['PUT', 'DELETE']) await call(method, '/images/{id}', { id: 114690387 }, {});
    await call('POST', '/images/{id}/actions/change_protection', { id: 114690387 }, { delete: true });
    const named = async (query: string) =>
      (await call<{ images: { architecture: string }[] }>('GET', `/images?${query}`)).images.map(
        ({ architecture }) => architecture,
      );
    expect(await named('name=debian-12&include_deprecated=true')).toEqual(['x86', 'arm']);
    expect(await named('name=debian-12&architecture=arm')).toEqual(['arm']);
    expect(await named('name=debian-99')).toEqual([]);
  });

  it('for keys', async () => {
    const order = { name: 'key', public_key: PUBLIC_KEY, labels: { a: 'b' } };
    const { id } = (await call<{ ssh_key: Identified }>('POST', '/ssh_keys', {}, order)).ssh_key;
    await call('GET', '/ssh_keys?name=key');
    await call('GET', '/ssh_keys/{id}', { id });
    await call('PUT', '/ssh_keys/{id}', { id }, { labels: {} });
    await call('POST', '/ssh_keys', {}, order);
    await call('DELETE', '/ssh_keys/{id}', { id });
  });

  it('for the lives of a server, its address and its firewalls', async () => {
    const order = { name: 'ip', type: 'ipv4', location: 'fsn1', labels: { a: 'b' } };
    const ip = (await call<{ primary_ip: Identified }>('POST', '/primary_ips', {}, order)).primary_ip;
    const firewall = (
      await call<{ firewall: Identified }>(
        'POST',
        '/firewalls',
        {},
        {
          name: 'closed',
          rules: [
            {
              direction: 'in',
              protocol: 'tcp',
              port: '80-90',
              source_ips: ['10.0.0.0/8'],
              description: 'why',
            },
            { direction: 'out', protocol: 'icmp', destination_ips: ['::/0'] },
          ],
          apply_to: [{ type: 'label_selector', label_selector: { selector: 'a=b' } }],
        },
      )
    ).firewall;
    const { server, action } = await call<{ server: Identified; action: Identified }>(
      'POST',
      '/servers',
      {},
      {
        name: 's',
        server_type: 114,
        image: 'debian-12',
        location: 'fsn1',
        labels: { a: 'b' },
        firewalls: [{ firewall: firewall.id }],
        public_net: { ipv4: ip.id, enable_ipv6: true },
      },
    );
    const id = server.id;
    await call('GET', `/actions?id=${action.id}`);
    await call('GET', '/actions/{id}', { id: action.id });
    await settled(id);
    await call('GET', '/servers?label_selector=a%3Db&sort=name%3Adesc&per_page=1');
    await call('PUT', '/servers/{id}', { id }, { name: 's2', labels: { a: 'c' } });
    await call('GET', '/servers/actions');
    await call('GET', '/servers/actions/{id}', { id: action.id });
    await call('GET', '/servers/{id}/actions', { id });
    await call('GET', '/servers/{id}/actions/{action_id}', { id, action_id: action.id });
    await settled(id);
    await call('POST', '/servers/{id}/actions/rebuild', { id }, { image: 'debian-12', user_data: 'x' });
    await settled(id);
    await call('POST', '/servers/{id}/actions/change_protection', { id }, { delete: true, rebuild: true });
    await settled(id);
    await call('DELETE', '/servers/{id}', { id });
    for (const verb of ['reboot', 'reset', 'shutdown', 'poweron', 'poweroff']) {
      await call('POST', `/servers/{id}/actions/${verb}`, { id });
      await settled(id);
    }
    await call('POST', '/servers/{id}/actions/change_protection', { id }, { delete: false, rebuild: false });

    for (const verb of ['enable_backup', 'disable_backup', 'attach_iso', 'detach_iso'])
      await call('POST', `/servers/{id}/actions/${verb}`, { id }, {});
    await call('GET', '/servers/{id}/metrics', { id });

    const own = { id: ip.id };
    await reverseNames(call, id, own);
    await call('GET', '/primary_ips');
    await call('GET', '/primary_ips/{id}', own);
    await call('PUT', '/primary_ips/{id}', own, { labels: {}, auto_delete: false });
    await call('POST', '/primary_ips/{id}/actions/unassign', own);
    await settled(id);
    await call('POST', '/primary_ips/{id}/actions/assign', own, { assignee_id: id, assignee_type: 'server' });
    await settled(id);
    await call('POST', '/primary_ips/{id}/actions/change_protection', own, { delete: false });
    await call('GET', '/primary_ips/actions');
    const list = await call<{ actions: Identified[] }>('GET', '/primary_ips/{id}/actions', own);
    const actionId = list.actions[0]!.id;
    await call('GET', '/primary_ips/{id}/actions/{action_id}', { ...own, action_id: actionId });
    await call('GET', '/primary_ips/actions/{id}', { id: actionId });

    await firewallLife(firewall.id, id);
    await call('DELETE', '/servers/{id}', { id });
    await until(
      () => call<{ primary_ip: { assignee_id: unknown } }>('GET', '/primary_ips/{id}', own),
      ({ primary_ip }) => primary_ip.assignee_id === null,
    );
    await call('GET', '/servers/{id}', { id });
    await call('DELETE', '/primary_ips/{id}', own);
    await call('DELETE', '/firewalls/{id}', { id: firewall.id });
  });

  async function firewallLife(id: number, serverId: number): Promise<void> {
    const selector = [{ type: 'label_selector', label_selector: { selector: 'x in (y,z)' } }];
    const single = [{ type: 'server', server: { id: serverId } }];
    await call('GET', '/firewalls');
    await call('GET', '/firewalls/{id}', { id });
    await call('PUT', '/firewalls/{id}', { id }, { labels: { own: 'yes' } });
    await call('POST', '/firewalls/{id}/actions/set_rules', { id }, { rules: [] });
    await call('POST', '/firewalls/{id}/actions/apply_to_resources', { id }, { apply_to: selector });
    await call('POST', '/firewalls/{id}/actions/apply_to_resources', { id }, { apply_to: selector });
    await call('GET', '/firewalls/{id}', { id });
    await call('GET', '/firewalls/actions');
    const list = await call<{ actions: Identified[] }>('GET', '/firewalls/{id}/actions', { id });
    const actionId = list.actions[0]!.id;
    await call('GET', '/firewalls/{id}/actions/{action_id}', { id, action_id: actionId });
    await call('GET', '/firewalls/actions/{id}', { id: actionId });
    const all = [...selector, ...single, { type: 'label_selector', label_selector: { selector: 'a=b' } }];
    await call('POST', '/firewalls/{id}/actions/remove_from_resources', { id }, { remove_from: all });
    await call('DELETE', '/firewalls/{id}', { id });
  }

  it('for networks, placement groups and changes of type', () => membershipLife(call, settled));

  it('for what is refused', async () => {
    await call('POST', '/servers', {}, { name: 'no name' });
    await call('POST', '/primary_ips', {}, { name: 'x', type: 'ipv4' });
    await call('GET', '/primary_ips?label_selector=%28');
    await call('GET', '/servers/{id}', { id: 1 });
  });

  it('under the names that the description gives', () => {
    const names = routes.map(({ method, path, operation }) => [`${method} ${path}`, operation]);
    expect(names).toEqual(
      routes.map(({ method, path }) => [`${method} ${path}`, description?.operationId(method, path)]),
    );
  });

  it('for every operation that can succeed', () => {
    const refused =
      /datacenters|volumes.*id|POST .volumes|reset_password|rescue|console|create_image|backup|iso|metrics|\/images\/.*(protection|actions.*id)|(PUT|DELETE) \/images/;
    const missing = routes
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => !seen.has(name) && !refused.test(name));
    expect(missing).toEqual([]);
  });
});
