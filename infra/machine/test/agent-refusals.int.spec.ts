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
    await eventually(() => plane.events().includes('job-started'));
    plane.over = true;
    await stopped();
    await eventually(() => sandbox.has('ended'));
  });

  it('never starts the runner again once a job had begun', async () => {
    sandbox.runner('log 1001 received', 'while :; do sleep 0.1; done').start();
    await eventually(() => plane.events().includes('job-started'));
    sandbox.kill('SIGTERM');
    await stopped();
    sandbox.write('runner-arguments', '');
    sandbox.start();
    await eventually(() => plane.events().includes('failed'));
    expect(sandbox.read('runner-arguments')).toBe('');
    expect(plane.calls.filter(({ body }) => body.includes('"ticket"'))).toHaveLength(1);
  });

  it('starts no runner while the metadata service is open', async () => {
    sandbox.program('nft', '#!/bin/sh\nexit 1\n').runner(RECEIVED).start();
    await eventually(() => plane.events().includes('failed'));
    expect(plane.reports.find(({ event }) => event === 'failed')?.message).toBe(
      'the metadata service is not closed',
    );
    expect(sandbox.has('runner-arguments')).toBe(false);
  });

  it('says so when gitlab-runner could not be installed, or ended without a job', async () => {
    sandbox.runner('exit 3').start();
    await eventually(() => plane.events().includes('failed'));
    expect(plane.reports.find(({ event }) => event === 'failed')?.message).toBe(
      'gitlab-runner ended with 3 before it had a job',
    );
  });

  it('asks for nothing but enrolment while its ticket is refused', async () => {
    sandbox.write(
      'etc/cleanroom/agent.env',
      sandbox.read('etc/cleanroom/agent.env').replace(TICKET, 'crt_other'),
    );
    sandbox.runner(RECEIVED).start();
    await eventually(() => plane.calls.length >= 3);
    expect(plane.calls.every(({ target }) => target === '/machine/v1/enrol')).toBe(true);
    expect(sandbox.has('var/lib/cleanroom/credential')).toBe(false);
  });

  it('refuses settings that it cannot put into a request as they are', async () => {
    sandbox.write(
      'etc/cleanroom/agent.env',
      `CLEANROOM_ORIGIN='http://o"'\nCLEANROOM_MACHINE=m\nCLEANROOM_GENERATION=1\n`,
    );
    sandbox.runner(RECEIVED).start();
    await eventually(() => sandbox.exitCode === 1);
    expect(plane.calls).toEqual([]);
  });
});
