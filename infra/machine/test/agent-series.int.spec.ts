import { eventually } from '@cleanroom/testing';
import { AgentSandbox } from './agent-sandbox.js';
import { startControlPlaneStub } from './control-plane-stub.js';
import type { ControlPlaneStub } from './control-plane-stub.js';
import { describeWith } from './require-tools.js';

const TICKET = 'crt_ticket';
/** A stand-in for gitlab-runner whose every start runs a job of its own; the third waits for ever. */
const NEXT_JOB = [
  'starts=$(( $(cat "$root/starts" 2>/dev/null || echo 0) + 1 )); echo "$starts" >"$root/starts"',
  'while [ "$starts" -gt 2 ]; do sleep 0.1; done',
  'log "100$starts" "Checking for jobs... received"',
  'until [ -s "$root/run/cleanroom/identity/cleanroom" ]; do sleep 0.1; done',
  'log "100$starts" "Job succeeded"',
];

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

const count = (event: string) => plane.events().filter((one) => one === event).length;
const stopped = () => eventually(() => sandbox.exitCode === 0);

describeWith(['curl', 'openssl'], 'an agent after its job', () => {
  it('stops where the control plane says that the machine had its job', async () => {
    sandbox.runner(...NEXT_JOB).start();
    await stopped();
    expect(plane.events()).toEqual(['runner-started', 'job-started', 'job-finished']);
    expect(plane.calls.at(-1)?.target).toBe('/machine/v1/runner');
    expect(sandbox.read('starts').trim()).toBe('1');
  });

  it('starts the runner again with the same credential where the control plane lets it, and fresh tokens', async () => {
    plane.series = true;
    sandbox.runner(...NEXT_JOB).start();
    await eventually(() => count('job-finished') >= 1 && (plane.waiting = 1));
    await eventually(() => count('runner-started') === 3);
    const one = ['runner-started', 'job-started', 'job-finished'];
    expect(plane.events()).toEqual([...one, ...one, 'runner-started']);
    expect(plane.reports.filter(({ event }) => event === 'job-finished').map(({ jobId }) => jobId)).toEqual([
      1001, 1002,
    ]);
    expect(plane.calls.filter(({ target }) => target === '/machine/v1/enrol')).toHaveLength(1);
    expect(plane.flaws).toEqual([]);
    plane.over = true;
    await stopped();
  });

  it('asks for no further job where nobody hears of the one that it ran', async () => {
    plane.series = true;
    plane.refuses = { event: 'job-finished', status: 404 };
    sandbox.runner(...NEXT_JOB).start();
    await eventually(() => count('failed') === 1);
    expect(plane.reports.at(-1)?.message ?? '').toContain('job-finished');
    expect(sandbox.read('starts').trim()).toBe('1');
  });
});
