import { inOrganization } from '@cleanroom/persistence';
import { IdentityWorld } from './identity-world.js';
import { MachineClient } from './machine-client.js';

const DAY_MS = 24 * 3_600_000;

let world: IdentityWorld;
let acme: string;
let machine: MachineClient;

beforeAll(async () => {
  world = await IdentityWorld.start({ speed: 1 });
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
  machine = new MachineClient(world, acme);
  await machine.announce();
  await machine.enrol();
});
afterAll(() => world.stop());

describe('the audit log', () => {
  const wrote = (action: string, daysAgo: number) =>
    world.db.asAdmin(
      `INSERT INTO audit_log (organization_id, at, actor, action, subject) VALUES ($1, $2, 'spec', $3, $4)`,
      [acme, new Date(Date.now() - daysAgo * DAY_MS), action, `${action} ${daysAgo}`],
    );
  const ofSpec = async () =>
    (
      await world.db.asAdmin(
        `SELECT subject FROM audit_log WHERE organization_id = $1 AND actor = 'spec' ORDER BY id`,
        [acme],
      )
    ).map(({ subject }) => subject);
  const kept = ['issue-workload-token 89', 'connect-gitlab 91'];

  beforeEach(async () => {
    await wrote('issue-workload-token', 91);
    await wrote('issue-workload-token', 89);
    await wrote('connect-gitlab', 91);
  });

  it('forgets a token after 90 days, and nothing else', async () => {
    expect((await machine.call('GET', '/machine/v1/token?audience=a')).status).toBe(200);
    expect(await ofSpec()).toEqual(kept);
  });

  it('gives a machine its token while another is about to forget', async () => {
    await world.ports.transactions.inOrganization(acme, async (tx) => {
      await tx.forgetIssuedTokens(new Date(Date.now() - 90 * DAY_MS));
      expect((await machine.call('GET', '/machine/v1/token?audience=a')).status).toBe(200);
    });
    expect(await ofSpec()).toEqual(kept);
  });

  it('loses nothing else to the service itself', async () => {
    await inOrganization(world.db, acme, (tx) => tx.query('DELETE FROM audit_log'));
    expect(await ofSpec()).toEqual(kept);
    const change = inOrganization(world.db, acme, (tx) => tx.query(`UPDATE audit_log SET actor = 'nobody'`));
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
