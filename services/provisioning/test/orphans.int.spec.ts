import { STRAY_MIN_AGE_MS } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { Fleet } from './fleet.js';
import { INSTALLATION, newId, ProvisioningWorld } from './provisioning-world.js';

interface Servers {
  servers: { id: number; name: string }[];
}
interface Calls {
  calls: { operation: string; resourceId: number | null; realAt: string }[];
}

let world: ProvisioningWorld;
let fleet: Fleet;

beforeAll(async () => {
  // Every minute of the product each project is looked at, and what is younger than a few minutes is left alone.
  world = await ProvisioningWorld.start({ speed: 120 });
  await world.connect();
  fleet = await Fleet.create(world);
  await rememberSightings();
});
afterAll(() => world.stop());

const ours = (given: Record<string, string> = {}) => ({
  'cleanroom-installation': INSTALLATION,
  'cleanroom-organization': world.organizationId,
  'cleanroom-pool': fleet.poolId,
  'cleanroom-runner': newId('runner'),
  'cleanroom-machine': newId('machine'),
  'cleanroom-attempt': '1',
  ...given,
});
const serverWith = async (labels: Record<string, string>): Promise<number> => {
  const { server } = await world.hetzner.call<{ server: { id: number } }>('POST', '/servers', {
    name: `s-${newId('machine').slice(5).toLowerCase()}`,
    server_type: 'cx23',
    image: 'debian-12',
    location: 'fsn1',
    labels,
  });
  return server.id;
};
const livingServers = async (): Promise<number[]> =>
  (await world.hetzner.call<Servers>('GET', '/servers?per_page=50')).servers.map(({ id }) => id);
/** A sighting lasts from one look to the next only: each is kept here, with its time on the ledger's clock. */
const rememberSightings = async (): Promise<void> => {
  await world.db.asAdmin('CREATE TABLE sighted (stray_id bigint, at timestamptz)');
  await world.db.asAdmin(
    `CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
     $$BEGIN
       INSERT INTO sighted VALUES (NEW.stray_id, date_trunc('milliseconds', clock_timestamp()));
       RETURN NEW;
     END$$`,
  );
  await world.db.asAdmin(
    'CREATE TRIGGER remember AFTER INSERT ON sighting FOR EACH ROW EXECUTE FUNCTION remember()',
  );
};
/** How often it had been seen when its deletion was first asked for; where that takes a while it is seen again. */
const sightingsBeforeDeletion = async (stray: number): Promise<number> => {
  const { calls } = await world.hetzner.ledger<Calls>();
  const deletion = calls.find((call) => call.operation === 'delete_server' && call.resourceId === stray);
  const before = 'SELECT 1 FROM sighted WHERE stray_id = $1 AND at <= $2';
  return (await world.db.asAdmin(before, [stray, deletion?.realAt])).length;
};
/** The service looks at no server until {@link lookAgain}: a look that it is about to end has lost its lease. */
const lookAway = () =>
  world.db.asAdmin(`UPDATE observation SET lease_epoch = lease_epoch + 1, lease_until = 'infinity'`);
const lookAgain = () => world.db.asAdmin('UPDATE observation SET lease_until = NULL');
const looksAtServers = async (): Promise<number> => {
  const { calls } = await world.hetzner.ledger<Calls>();
  return calls.filter(({ operation }) => operation === 'list_servers').length;
};
/** Until this service has looked so often again; our own looks count too, so it is asked for more. */
const afterLooks = async (looks: number): Promise<void> => {
  const before = await looksAtServers();
  await eventually(async () => (await looksAtServers()) >= before + looks);
};

describe('a server that nobody knows', () => {
  it('is removed where all its labels are ours', async () => {
    const stray = await serverWith(ours());
    await eventually(async () => expect(await livingServers()).not.toContain(stray));
  });

  it('is removed only when it was seen twice', async () => {
    const stray = await serverWith(ours());
    await eventually(async () => expect(await livingServers()).not.toContain(stray));
    expect(await sightingsBeforeDeletion(stray)).toBeGreaterThanOrEqual(2);
  });

  it('is left alone where a label of ours is missing, or is another installation’s or organisation’s', async () => {
    const foreign = [
      await serverWith({}),
      await serverWith(ours({ 'cleanroom-machine': '' })),
      await serverWith(ours({ 'cleanroom-installation': 'other' })),
      await serverWith(ours({ 'cleanroom-organization': newId('organization') })),
    ];
    const stray = await serverWith(ours());
    await eventually(async () => expect(await livingServers()).not.toContain(stray));
    await afterLooks(3);
    expect(await livingServers()).toEqual(expect.arrayContaining(foreign));
    for (const id of foreign) await world.hetzner.call('DELETE', `/servers/${id}`);
  });
});

describe('a server of ours from which somebody takes all labels', () => {
  it('is found by its number and labelled anew, and its machine lives on', async () => {
    await world.want(fleet.poolId, 1);
    const { runner, machine } = await fleet.becomeIdle();
    const path = `/servers/${machine.server_id}`;
    const labels = async () =>
      (await world.hetzner.call<{ server: { labels: Record<string, string> } }>('GET', path)).server.labels;
    const before = await labels();
    await world.hetzner.call('PUT', path, { labels: {} });
    await eventually(async () => expect(await labels()).toEqual(before));
    await afterLooks(3);
    expect(await fleet.reaches('IDLE')).toMatchObject({ id: runner.id, machine_id: machine.id });
    await world.want(fleet.poolId, 0);
  });
});

describe('where half of what it sees would be gone at once', () => {
  const braked = () => world.figures('cleanroom_braked_sweeps', 'kind');

  it('deletes nothing, and says so until there are few', async () => {
    expect(await braked()).toEqual({ servers: 0, gitlab_runners: 0 });
    // It sees all of them at once, however long their making takes: the first few by themselves would be removed.
    await lookAway();
    const strays = await Promise.all(Array.from({ length: 12 }, () => serverWith(ours())));
    const oldAt = world.clock.now().getTime() + STRAY_MIN_AGE_MS;
    await eventually(() => world.clock.now().getTime() > oldAt);
    await lookAgain();
    await afterLooks(6);
    expect(await livingServers()).toEqual(expect.arrayContaining(strays));
    await eventually(async () => expect(await braked()).toEqual({ servers: 1, gitlab_runners: 0 }));
    for (const id of strays.slice(0, 10)) await world.hetzner.call('DELETE', `/servers/${id}`);
    await eventually(async () => expect(await braked()).toEqual({ servers: 0, gitlab_runners: 0 }));
  });

  it('says nothing any more of what was disconnected', async () => {
    const found = async (deleted: boolean) => {
      const id = newId('gitlabConnection');
      await world.db.asAdmin(
        `INSERT INTO gitlab_connection (id, organization_id, version, url, usable, deleted) VALUES ($1, 'org', 1, '', true, $2)`,
        [id, deleted],
      );
      await world.db.asAdmin(`INSERT INTO sighting VALUES ('org', $1, 1, true), ('org', $1, 2, true)`, [id]);
    };
    await found(true);
    await found(false);
    expect(await braked()).toEqual({ servers: 0, gitlab_runners: 1 });
  });
});
