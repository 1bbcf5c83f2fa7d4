import { eventually } from '@cleanroom/testing';
import { AgentSandbox } from './agent-sandbox.js';
import { startControlPlaneStub } from './control-plane-stub.js';
import type { ControlPlaneStub } from './control-plane-stub.js';
import { describeWith } from './require-tools.js';

const TICKET = 'crt_ticket';
/** What gitlab-runner writes when it got a job. */
const RECEIVED = "log 1001 'Checking for jobs... received'";

let plane: ControlPlaneStub;
let sandbox: AgentSandbox;

beforeEach(async () => {
  plane = await startControlPlaneStub({ ticket: TICKET, notReady: 0, waiting: 0 });
  sandbox = new AgentSandbox(plane.origin, TICKET);
});

afterEach(async () => {
  await sandbox.dispose();
  await plane.stop();
});

const stopped = () => eventually(() => sandbox.exitCode === 0);

describeWith(['curl', 'openssl'], 'an agent that must not go on', () => {
  it('ends the runner at once when its generation is over', async () => {
    sandbox.runner(RECEIVED, `trap ': >"$root/ended"; exit 0' TERM`, 'while :; do sleep 0.1; done').start();
    await eventually(() => plane.events().includes('JOB_STARTED'));
    plane.over = true;
    await stopped();
    await eventually(() => sandbox.has('ended'));
  });

  it('never starts the runner again once a job had begun', async () => {
    sandbox.runner('log 1001 received', 'while :; do sleep 0.1; done').start();
    await eventually(() => plane.events().includes('JOB_STARTED'));
    sandbox.kill('SIGTERM');
    await stopped();
    sandbox.write('runner-arguments', '');
    sandbox.start();
    await eventually(() => plane.events().includes('FAILED'));
    expect(sandbox.read('runner-arguments')).toBe('');
    expect(plane.calls.filter(({ body }) => body.includes('"ticket"'))).toHaveLength(1);
  });

  it('starts no runner while the metadata service is open', async () => {
    sandbox.program('nft', '#!/bin/sh\nexit 1\n').runner(RECEIVED).start();
    await eventually(() => plane.events().includes('FAILED'));
    expect(plane.reports.find(({ event }) => event === 'FAILED')?.message).toBe(
      'the metadata service is not closed',
    );
    expect(sandbox.has('runner-arguments')).toBe(false);
  });

  it('says so when gitlab-runner could not be installed, or ended without a job', async () => {
    sandbox.runner('exit 3').start();
    await eventually(() => plane.events().includes('FAILED'));
    expect(plane.reports.find(({ event }) => event === 'FAILED')?.message).toBe(
      'gitlab-runner ended with 3 before it had a job',
    );
  });

  it.each([401, 409, 410, 422])('ends at once where its enrolment is answered with %d', async (status) => {
    plane.refusesEnrolment = status;
    sandbox.runner(RECEIVED).start();
    await stopped();
    expect(plane.calls.map(({ target }) => target)).toEqual(['/machine/v1/enrol']);
    expect(sandbox.has('var/lib/cleanroom/credential')).toBe(false);
  });

  it.each([429, 500, 503])(
    'gives up after a while where its enrolment is answered with %d',
    async (status) => {
      plane.refusesEnrolment = status;
      sandbox.giveUpAfter = 5;
      sandbox.runner(RECEIVED).start();
      await stopped();
      // On a busy computer one call may take a second.
      expect(plane.calls.length).toBeGreaterThan(1);
      expect(sandbox.said).toContain('gave up enrolling after 5 seconds');
    },
  );

  it('gives up after a while where its machine is never protected', async () => {
    plane.waiting = 1_000;
    sandbox.giveUpAfter = 2;
    sandbox.runner(RECEIVED).start();
    await stopped();
    expect(sandbox.said).toContain('gave up waiting for the runner');
    expect(sandbox.has('runner-arguments')).toBe(false);
  });

  it.each([401, 422])('ends where a report is answered with %d', async (status) => {
    plane.refuses = { event: 'RUNNER_STARTED', status };
    sandbox.runner('while :; do sleep 0.1; done').start();
    await stopped();
  });

  it('refuses settings that it cannot put into a request as they are', async () => {
    sandbox.write(
      'etc/cleanroom/machine.json',
      JSON.stringify({ origin: 'http://o"', machineId: 'm', generation: 1, ticket: TICKET }),
    );
    sandbox.runner(RECEIVED).start();
    await eventually(() => sandbox.exitCode === 1);
    expect(plane.calls).toEqual([]);
  });
});
