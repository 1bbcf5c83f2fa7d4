import { eventually, readFigures } from '@cleanroom/testing';
import { RunningService } from './running-service.js';

let service: RunningService;
beforeAll(async () => {
  service = await RunningService.start();
}, 30_000);
afterAll(() => service.stop());

/** What Prometheus is told of failed steps, by table. */
const failures = () => readFigures(service.url, 'cleanroom_step_failures_total', 'table');
const putOff = async (): Promise<number> =>
  Number((await service.db.asAdmin('SELECT max(lease_failures) AS most FROM gitlab_connection'))[0]?.most);

describe('the steps that failed', () => {
  it('are told of each table, also before the first did', async () => {
    expect(await failures()).toEqual({
      webhook_hint: 0,
      gitlab_project: 0,
      gitlab_connection: 0,
      gitlab_hook: 0,
      capacity_decision: 0,
    });
  });

  it('are not those that a GitLab let down, which does not answer', async () => {
    await service.tellConnection('http://127.0.0.1:1', 'glpat-spec-000001');
    await service.tellPool('pool_1');
    await eventually(async () => expect(await putOff()).toBeGreaterThan(0));
    expect(await failures()).toMatchObject({ gitlab_connection: 0, gitlab_hook: 0 });
  });

  it('are those that we let down ourselves', async () => {
    await service.db.asAdmin('ALTER TABLE pool RENAME TO away');
    await eventually(async () => expect((await failures()).gitlab_connection).toBeGreaterThan(0));
    await service.db.asAdmin('ALTER TABLE away RENAME TO pool');
  });
});
