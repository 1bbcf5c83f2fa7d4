import { describeWithKafka, eventually } from '@cleanroom/testing';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { readFleet } from '../fleet.js';

describeWithKafka('the first life of a runner, with Apache Kafka between the services', () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    installation = await startTestInstallation({ speed: 30, bus: 'kafka' });
  }, 540_000);
  afterAll(() => installation?.stop(), 60_000);

  it('takes a job on a fresh machine of its own, ordered once, and finishes it from its static IP', async () => {
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 60 });
    const job = await eventually(
      async () => {
        const [found] = await installation.gitlab.jobs([jobId]);
        return found?.status === 'success' && found;
      },
      { within: 270_000 },
    );
    const fleet = await readFleet(installation.ask);
    expect(fleet.map(({ staticIp }) => staticIp?.address)).toContain(job.sourceAddress);
    const { servers, calls } = await installation.hetzner.read();
    const orders = calls.filter(({ operation }) => operation === 'create_server');
    expect(orders.length).toBe(servers.length);
  }, 360_000);

  it('cleans the machine afterwards, and the runner that GitLab knew is gone', async () => {
    const { jobs } = await installation.gitlab.read();
    const used = jobs.map(({ runnerId }) => runnerId);
    const living = async () => (await installation.gitlab.livingRunners()).map(({ runnerId }) => runnerId);
    await eventually(async () => (await living()).every((runnerId) => !used.includes(runnerId)), {
      within: 120_000,
    });
  }, 180_000);
});
