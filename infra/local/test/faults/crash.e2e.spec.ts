import { eventually } from '../eventually.js';
import { crashPoints } from '../crash-points.js';
import { crashingServices } from '../crashing-services.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import {
  answersWereLost,
  metersEqualTheLedger,
  noJobIsLost,
  nothingIsOrphaned,
  nothingWasDouble,
} from '../invariants.js';
import { keepWorking, losableAnswers } from '../keep-working.js';
import { replayPutAside } from '../replay-put-aside.js';

/** What a killed process held is free again after so long: a test has no time for more. */
const SOON_TAKEN_OVER = { CLEANROOM_LEASE_SECONDS: '2' };

const services = Object.keys(crashPoints);

describe('provisioning, identity and firewall, killed at every outside call before, while and after it is made', () => {
  const crashing = crashingServices(crashPoints);
  let installation: TestInstallation;
  let lost: readonly number[] = [];
  let workload: Awaited<ReturnType<typeof keepWorking>>;

  beforeAll(async () => {
    installation = await startTestInstallation({
      speed: 10,
      start: crashing.start,
      extra: Object.fromEntries(services.map((name) => [name, SOON_TAKEN_OVER])),
    });
    workload = await keepWorking(installation);
    for (const name of services) crashing.services.get(name)?.begin();
  }, 300_000);

  afterAll(() => installation?.stop(), 60_000);

  it.each(services)(
    'meets every crash point of %s under work',
    async (name) => {
      await eventually(() => expect(crashing.services.get(name)?.left).toEqual([]), {
        // A kill takes as long as a start of its service, and there are dozens.
        within: 900_000,
        every: 500,
      });
    },
    920_000,
  );

  it('lost the answers of what must not be done twice, and of every deletion', async () => {
    const operations = Object.values(losableAnswers).flat();
    await eventually(() => answersWereLost(installation, operations), { within: 180_000, every: 1_000 });
  }, 200_000);

  it('comes to rest afterwards with no job lost, nor anything for good that was in hand at too many kills', async () => {
    const work = await workload.stop();
    lost = work.lost;
    await replayPutAside(installation);
    await noJobIsLost(installation, work.jobIds, 360_000);
    await replayPutAside(installation);
  }, 1_200_000);

  it('never had two servers for one runner at a time, nor two jobs on one GitLab runner', () =>
    nothingWasDouble(installation, lost));

  it(
    'leaves no orphan: what lives at Hetzner and GitLab belongs to a runner that is awake',
    () => nothingIsOrphaned(installation),
    200_000,
  );

  it(
    'lets billing meter what Hetzner billed, in started hours',
    () => metersEqualTheLedger(installation),
    150_000,
  );
});
