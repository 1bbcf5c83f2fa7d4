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
    expect(plane.events()).toEqual(['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED']);
    expect(plane.calls.at(-1)?.target).toBe('/machine/v1/runner');
    expect(sandbox.read('starts').trim()).toBe('1');
  });

  it('starts the runner again with the same credential where the control plane lets it, and fresh tokens', async () => {
    plane.series = true;
    sandbox.runner(...NEXT_JOB).start();
    await eventually(() => count('RUNNER_EXITED') >= 1 && (plane.waiting = 1));
    await eventually(() => count('RUNNER_STARTED') === 3);
    const one = ['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED'];
    expect(plane.events()).toEqual([...one, ...one, 'RUNNER_STARTED']);
    expect(
      plane.reports.filter(({ event }) => event === 'RUNNER_EXITED').map(({ gitlabJobId }) => gitlabJobId),
    ).toEqual([1001, 1002]);
    expect(plane.calls.filter(({ target }) => target === '/machine/v1/enrol')).toHaveLength(1);
    expect(plane.flaws).toEqual([]);
    plane.over = true;
    await stopped();
  });

  it('ends where nobody hears of the job that it ran', async () => {
    plane.series = true;
    plane.refuses = { event: 'RUNNER_EXITED', status: 404 };
    sandbox.runner(...NEXT_JOB).start();
    await stopped();
    expect(sandbox.read('starts').trim()).toBe('1');
  });

  it('lets the runner go on to the next job where it may take any number, with fresh tokens for each', async () => {
    plane.maxBuilds = 0;
    const job = (id: number) => [
      `log ${id} 'Checking for jobs... received'`,
      'until [ -s "$root/run/cleanroom/identity/cleanroom" ]; do sleep 0.1; done',
      `cp "$root/run/cleanroom/identity/cleanroom" "$root/token-of-${id}"`,
      `log ${id} 'Job succeeded'`,
      // The runner asks every few seconds only.
      'while [ -e "$root/run/cleanroom/identity/cleanroom" ]; do sleep 0.1; done',
    ];
    sandbox.runner(...job(1001), ...job(1002)).start();
    await stopped();
    expect(plane.work()).toEqual([
      { event: 'RUNNER_STARTED' },
      { event: 'JOB_STARTED', gitlabJobId: 1001 },
      { event: 'JOB_STARTED', gitlabJobId: 1002 },
      { event: 'RUNNER_EXITED', gitlabJobId: 1002, exitCode: 0 },
    ]);
    expect(sandbox.read('runner-arguments')).toContain('--max-builds 0');
    expect(sandbox.read('token-of-1002')).not.toBe(sandbox.read('token-of-1001'));
  });
});
