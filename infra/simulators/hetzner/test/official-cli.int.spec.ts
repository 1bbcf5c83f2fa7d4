import { describeClient, hcloud, type CliOutcome } from './official-clients.js';
import { simulateHetzner, until, type SimulatedHetzner } from './simulated-hetzner.js';

interface Described {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly labels: Record<string, string>;
  readonly public_net: { ipv4: { id: number; ip: string } | null };
}

let hetzner: SimulatedHetzner;

beforeEach(async () => {
  hetzner = await simulateHetzner();
});
afterEach(() => hetzner.simulator.stop());

const call = (line: string): Promise<CliOutcome> => hcloud(hetzner.simulator.endpoint, ...line.split(' '));

/** What the client prints; fails with its own words where it does not succeed. */
async function printed(line: string): Promise<string> {
  const { code, output, error } = await call(line);
  expect({ line, code, error: code === 0 ? '' : error }).toEqual({ line, code: 0, error: '' });
  return output;
}

async function refused(line: string): Promise<string> {
  const { code, error } = await call(line);
  expect({ line, code }).toEqual({ line, code: 1 });
  return error.trim();
}

const described = async (kind: string, name: string): Promise<Described> =>
  JSON.parse(await printed(`${kind} describe ${name} -o json`)) as Described;

const names = async (line: string): Promise<string[]> =>
  (await printed(`${line} -o noheader -o columns=name`)).split('\n').filter((name) => name !== '');

const FULL_ORDER =
  'server create --name one --type cx23 --image debian-12 --location fsn1 --firewall closed --label role=job';

describeClient('cli', 'Hetzner’s command line client, unchanged', () => {
  it('lists types, locations and images, by name and by id', async () => {
    expect(await names('server-type list')).toContain('cx23');
    expect(await names('location list')).toEqual(['fsn1', 'nbg1', 'hel1', 'ash', 'hil', 'sin']);
    expect(await names('image list')).toContain('debian-12');
    expect(await printed('server-type describe cx23')).toContain('0.0104720000000000');
    expect(await printed('image describe 114690387')).toContain('debian-12');
    expect(await refused('datacenter list')).toContain('deprecated_api_endpoint');
  });

  it('orders a server with all of it, and finds it by its labels', async () => {
    await printed('firewall create --name closed');
    await printed(
      'firewall add-rule closed --direction in --protocol tcp --port 22 --source-ips 10.0.0.0/8 --description ssh',
    );
    await printed('network create --name inside --ip-range 10.0.0.0/16');
    await printed('network add-subnet inside --type cloud --network-zone eu-central --ip-range 10.0.1.0/24');
    await printed('placement-group create --name apart --type spread');
    const order = await printed(`${FULL_ORDER} --network inside --placement-group apart`);
    expect(order).toMatch(/IPv4: 127\.64\..*Private Networks:.*10\.0\.1\.1/s);
    expect(await names('server list -l role')).toEqual(['one']);
    expect(await names('server list --selector role!=job')).toEqual([]);
    await printed('server add-label one kind=x');
    await printed('server remove-label one role');
    expect((await described('server', 'one')).labels).toEqual({ kind: 'x' });
    expect(await refused(FULL_ORDER)).toContain('server name is already used (uniqueness_error)');
  });

  it('powers, protects and rebuilds', async () => {
    await printed('firewall create --name closed');
    await printed(FULL_ORDER);
    for (const verb of ['poweroff', 'poweron', 'reboot', 'reset']) await printed(`server ${verb} one`);
    await printed('server enable-protection one delete rebuild');
    expect(await refused('server delete one')).toContain('(protected)');
    expect(await refused('server rebuild one --image debian-12')).toContain('(protected)');
    await printed('server disable-protection one delete rebuild');
    await printed('server rebuild one --image ubuntu-24.04');
    await printed('server shutdown one');
    await until(
      () => described('server', 'one'),
      ({ status }) => status === 'off',
    );
    await printed('server change-type one cx33');
    expect(await printed('server describe one')).toContain('cx33');
  });

  it('deletes the server and keeps the address', async () => {
    await printed('firewall create --name closed');
    await printed(FULL_ORDER);
    const { public_net: net } = await described('server', 'one');
    await printed(`primary-ip update ${net.ipv4?.id} --auto-delete=false --name kept`);
    expect(await refused('primary-ip delete kept')).toContain('must_be_unassigned');
    await printed('server delete one');
    const free = await until(
      async () => JSON.parse(await printed('primary-ip describe kept -o json')) as { assignee_id: unknown },
      ({ assignee_id: assignee }) => !assignee,
    );
    expect(free).toMatchObject({ ip: net.ipv4?.ip });
    await printed('primary-ip enable-protection kept');
    expect(await refused('primary-ip delete kept')).toContain('(protected)');
    await printed('primary-ip disable-protection kept');
    await printed('primary-ip delete kept');
    await printed('firewall delete closed');
  });

  it('cannot order a Primary IP by itself, as it knows only of datacenters', async () => {
    const order = 'primary-ip create --name ip --type ipv4 --datacenter fsn1-dc14';
    expect(await refused(order)).toContain("invalid input in fields 'assignee_id', 'location'");
  });
});
