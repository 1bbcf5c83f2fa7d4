import { silentLog, systemClock } from '@cleanroom/kernel';
import { describeUnless, eventually } from '@cleanroom/testing';
import { renderUserData } from '../../../machine/src/index.js';
import { startAgentGuest, whyNoAgent } from '../../../simulators/guest/src/index.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { readFleet } from '../fleet.js';

const MINUTE_REAL_MS = 60_000;
/** An address that no machine of ours has. */
const INTRUDER = '127.64.250.7';

/** The agent of the rendered user data is a shell script that nobody translated: it runs as processes, from its address. */
describeUnless(whyNoAgent(), 'the real agent on a whole installation', () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    const extra = { hetzner: { CLEANROOM_SIMULATOR_GUEST: 'agent' } };
    installation = await startTestInstallation({ speed: 10, extra });
  }, 5 * MINUTE_REAL_MS);

  afterAll(() => installation?.stop(), 60_000);

  const fleet = () => readFleet(installation.ask);
  const runJob = async () => {
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 60 });
    return eventually(
      async () => {
        const [found] = await installation.gitlab.jobs([jobId]);
        return found?.status === 'success' && found;
      },
      { within: 6 * MINUTE_REAL_MS, every: 250 },
    );
  };

  it(
    'enrols, is handed its runner and finishes a job, all from its static IP',
    async () => {
      const { sourceAddress, runnerId } = await runJob();
      expect((await fleet()).map(({ staticIp }) => staticIp?.address)).toContain(sourceAddress);
      const { runners } = await installation.gitlab.read();
      expect(runners.find((one) => one.runnerId === runnerId)).toMatchObject({
        sourceAddresses: [sourceAddress],
        systemIds: [expect.stringMatching(/^s_[0-9a-f]{12}$/)],
        // What tells the real agent from the simulated guest.
        revisions: ['stand-in'],
      });
    },
    7 * MINUTE_REAL_MS,
  );

  it(
    'is rebuilt after its job and enrols again as the next generation',
    async () => {
      await eventually(
        async () => (await installation.hetzner.read()).servers.some(({ rebuilds }) => rebuilds.length > 0),
        { within: 3 * MINUTE_REAL_MS },
      );
      const reborn = await eventually(
        async () =>
          (await fleet()).find(({ machine, state }) => (machine?.generation ?? 0) > 1 && state === 'IDLE') ??
          false,
        { within: 6 * MINUTE_REAL_MS, every: 250 },
      );
      expect(reborn.firewall).toMatchObject({ protected: true });
    },
    10 * MINUTE_REAL_MS,
  );

  it(
    'takes a second job with another GitLab runner than the first',
    async () => {
      const { runnerId } = await runJob();
      const { runners } = await installation.gitlab.read();
      expect(runners.find((one) => one.runnerId === runnerId)?.jobIds).toHaveLength(1);
    },
    7 * MINUTE_REAL_MS,
  );

  it(
    'gets nothing for a ticket that was not made for it, and gives up',
    async () => {
      const machine = (await fleet()).find((runner) => runner.machine !== null)?.machine;
      const origin = installation.demo.graphqlUrl.replace(/\/graphql$/, '');
      const settings = { origin, machineId: machine?.id ?? '', generation: machine?.generation ?? 1 };
      const said: string[] = [];
      const intruder = startAgentGuest({
        ...{ address: INTRUDER, serverId: 0, serverName: 'intruder', disk: {}, clock: systemClock },
        userData: renderUserData({ ...settings, ticket: `crt_${'A'.repeat(43)}` }),
        log: { ...silentLog, debug: (fields) => void said.push('line' in fields ? String(fields.line) : '') },
      });
      try {
        await eventually(() => expect(said).toContain('nobody lets this machine in'), { within: 90_000 });
        expect(said.filter((line) => line.startsWith('enrolment'))).toEqual([
          'enrolment was answered with 401',
        ]);
      } finally {
        await intruder.stop();
      }
      const { runners } = await installation.gitlab.read();
      expect(runners.flatMap(({ sourceAddresses }) => sourceAddresses)).not.toContain(INTRUDER);
    },
    3 * MINUTE_REAL_MS,
  );
});
