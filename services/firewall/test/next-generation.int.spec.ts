import { systemClock } from '@cleanroom/kernel';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { policyTable } from '../src/adapters/postgres/policy.table.js';
import { PostgresTransactions } from '../src/adapters/postgres/transactions.js';

const insert = `
  INSERT INTO machine (id, organization_id, runner_id, pool_id, hetzner_project_id, generation, server_id, enrolled_generation)
  VALUES ('mac', 'org', 'run', 'pool', 'project', 1, 7, 1)`;

describe('what was seen of a machine', () => {
  let db: ServiceDatabase;
  beforeAll(async () => {
    db = await serviceDatabase({ name: 'firewall', migrations, entities: [policyTable] });
  });
  beforeEach(async () => {
    await db.asAdmin('DELETE FROM machine');
    await db.asAdmin(insert);
  });
  afterAll(() => db.close());

  const saveAfter = (meanwhile: () => Promise<unknown>): Promise<boolean> =>
    new PostgresTransactions(db, systemClock).inOrganization('org', async ({ machines }) => {
      const [seen] = await machines.enrolledIn('project');
      if (!seen) throw new Error('the machine is not there');
      await meanwhile();
      return machines.save({ ...seen, protected: true, verifiedAt: new Date(), version: 1 });
    });
  const saved = () => db.asAdmin('SELECT generation, protected, version FROM machine');

  it('is saved while its generation lasts', async () => {
    expect(await saveAfter(async () => undefined)).toBe(true);
    expect(await saved()).toEqual([{ generation: 1, protected: true, version: 1 }]);
  });

  it('is not taken for a sight of its next generation', async () => {
    const rebuilt = () => db.asAdmin('UPDATE machine SET generation = 2');
    expect(await saveAfter(rebuilt)).toBe(false);
    expect(await saved()).toEqual([{ generation: 2, protected: false, version: 0 }]);
  });

  it('does not bring a deleted one back under protection', async () => {
    expect(await saveAfter(() => db.asAdmin('UPDATE machine SET deleted = true'))).toBe(false);
    expect(await saved()).toEqual([{ generation: 1, protected: false, version: 0 }]);
  });
});
