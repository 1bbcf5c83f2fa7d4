import { serviceNames } from '../../src/service-names.js';
import { eventually } from '../eventually.js';
import { followChanges, type Follower } from '../follow-changes.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { metersEqualTheLedger, noJobIsLost, nothingIsOrphaned, nothingWasDouble } from '../invariants.js';
import { longestLeases } from '../longest-leases.js';
import { replicated, replicatedServices } from '../replicated-services.js';

/** Within so many real seconds others take over what a killed process had in hand. */
const TAKEN_OVER_WITHIN_SECONDS = 20;

/** Dashboards that are open all the while. */
const FOLLOWERS = 8;

describe('an installation with two processes of every service, and of the gateway', () => {
  const services = replicatedServices();
  let installation: TestInstallation;
  const jobIds: number[] = [];
  let beginning: string;
  let followers: Follower[];

  beforeAll(async () => {
    installation = await startTestInstallation({ speed: 10, start: services.start });
    const { runners } = await installation.ask<{ runners: { changeCursor: string } }>(
      '{ runners(first: 1) { changeCursor } }',
    );
    beginning = runners.changeCursor;
    followers = Array.from({ length: FOLLOWERS }, follow);
  }, 300_000);
  afterAll(async () => {
    await Promise.all((followers ?? []).map((follower) => follower.leave()));
    await installation?.stop();
  }, 60_000);

  const follow = () =>
    followChanges(installation.demo.subscriptionsUrl, installation.demo.apiToken, beginning);

  const queueJobs = async (count: number): Promise<number[]> => {
    const queued = await Promise.all(
      Array.from({ length: count }, () => installation.gitlab.queueJobs({ seconds: 20 })),
    );
    jobIds.push(...queued.flat());
    return queued.flat();
  };

  it('does its jobs, and both processes of each service have a part in it', async () => {
    await noJobIsLost(installation, await queueJobs(6), 270_000);
    for (const name of serviceNames) {
      const handled = () => Promise.all([0, 1].map((n) => services.eventsHandledBy(name, n)));
      await eventually(async () => {
        // Chance says which of both hears of what, so six jobs may leave one of them without: then there is one more.
        if (Math.min(...(await handled())) === 0)
          await noJobIsLost(installation, await queueJobs(1), 270_000);
        expect([name, Math.min(...(await handled()))]).not.toEqual([name, 0]);
      });
    }
  }, 600_000);

  it.each(replicated)(
    'holds no work but rounds of GitLab for more than 20 seconds after a process of %s was killed in it, and loses no job',
    async (name) => {
      for (const n of [0, 1]) {
        await queueJobs(2);
        await services.kill(name, n);
        // By the databases' clocks, because how long a job takes tells more of this computer than of what was lost.
        const leases = await longestLeases(installation);
        expect(leases.filter(({ seconds }) => seconds > TAKEN_OVER_WITHIN_SECONDS)).toEqual([]);
        await noJobIsLost(installation, await queueJobs(1), 300_000);
        await services.restart(name, n);
      }
    },
    1_200_000,
  );

  it('has lost no job in the end', () => noJobIsLost(installation, jobIds, 300_000), 320_000);

  it('told every dashboard each change once and in order, although its line broke', async () => {
    const [whole] = (followers = [...followers, follow()]).slice(-1);
    const atRest = () =>
      installation.ask<{ runners: { changeCursor: string } }>('{ runners(first: 1) { changeCursor } }');
    expect(followers.some((follower) => follower.breaks() > 0)).toBe(true);
    await eventually(
      async () => {
        const { changeCursor } = (await atRest()).runners;
        for (const { cursors } of followers) expect(cursors.at(-1)).toBe(changeCursor);
      },
      { within: 180_000 },
    );
    expect(new Set(whole?.cursors).size).toBe(whole?.cursors.length);
    for (const { cursors } of followers) expect(cursors).toEqual(whole?.cursors);
  }, 240_000);

  it('never had two servers for one runner at a time, nor two jobs on one GitLab runner', () =>
    nothingWasDouble(installation));

  it('leaves no orphan', () => nothingIsOrphaned(installation), 200_000);

  it('meters what Hetzner billed', () => metersEqualTheLedger(installation), 150_000);
});
