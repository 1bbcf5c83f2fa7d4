import { eventually } from '@cleanroom/testing';
import { AgentSandbox } from './agent-sandbox.js';
import { startControlPlaneStub } from './control-plane-stub.js';
import type { ControlPlaneStub } from './control-plane-stub.js';
import { describeWith } from './require-tools.js';

const TICKET = 'crt_ticket';
/** What gitlab-runner writes around a job; between them the job waits for its tokens. */
const RECEIVED = "log 1001 'Checking for jobs... received'";
const AWAIT_TOKENS = 'until [ -s "$root/run/cleanroom/identity/cleanroom" ]; do sleep 0.1; done';
const SUCCEEDED = "log 1001 'Job succeeded'";

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

const finished = () => eventually(() => plane.events().includes('RUNNER_EXITED'));
const stopped = () => eventually(() => sandbox.exitCode === 0);

describeWith(['curl', 'openssl'], 'the agent', () => {
  it('enrols, waits, runs one job, reports each step and stops when its generation is over', async () => {
    plane.notReady = 1;
    plane.waiting = 2;
    const copies = 'cp -rp "$root/run/cleanroom/identity" "$root/tokens-seen"';
    sandbox.runner(RECEIVED, AWAIT_TOKENS, copies, SUCCEEDED).start();
    await finished();
    expect(plane.flaws).toEqual([]);
    for (const { at = '' } of plane.reports)
      expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
    expect(plane.work()).toEqual([
      { event: 'RUNNER_STARTED' },
      { event: 'JOB_STARTED', gitlabJobId: 1001 },
      { event: 'RUNNER_EXITED', gitlabJobId: 1001, exitCode: 0 },
    ]);
    expect(sandbox.read('runner-arguments').trim()).toBe(
      `--log-format json run-single -c ${sandbox.root}/var/lib/cleanroom/config.toml -r cleanroom --max-builds 1`,
    );
    const claims = sandbox.read('tokens-seen/aws').split('.')[1]!;
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: 'sts.amazonaws.com',
    });
    expect(sandbox.modeOf('tokens-seen/aws')).toBe('644');
    plane.over = true;
    await stopped();
  });

  it('leaves neither the ticket nor the runner token nor a workload token behind', async () => {
    sandbox.runner(RECEIVED, AWAIT_TOKENS, SUCCEEDED).start();
    await finished();
    expect(sandbox.read('etc/cleanroom/machine.json')).not.toContain(TICKET);
    for (const name of ['user-data.txt', 'user-data.txt.i', 'cloud-config.txt', 'obj.pkl'])
      expect(sandbox.has(`var/lib/cloud/instances/42/${name}`)).toBe(false);
    expect(sandbox.has('var/lib/cloud/instances/42/sem/config_runcmd')).toBe(true);
    expect(sandbox.has('etc/cloud/cloud-init.disabled')).toBe(true);
    expect(sandbox.has('var/lib/cleanroom/config.toml')).toBe(false);
    expect(sandbox.has('run/cleanroom/identity')).toBe(false);
  });

  it('gives no secret to a command as an argument, and logs none', async () => {
    sandbox.runner(RECEIVED, AWAIT_TOKENS, SUCCEEDED).start();
    await finished();
    for (const secret of [TICKET, 'Bearer credential', 'glrt-t0k_en.01', 'Bearer']) {
      expect(sandbox.read('arguments')).not.toContain(secret);
      expect(sandbox.read('runner-arguments')).not.toContain(secret);
      expect(sandbox.said).not.toContain(secret);
    }
  });

  it('fills in the runner configuration for nobody else to read', async () => {
    sandbox.runner('cp -p "$5" "$root/config-kept"', RECEIVED, SUCCEEDED).start();
    await finished();
    const config = sandbox.read('config-seen');
    expect(config).toContain('  url = "https://gitlab.example"\n');
    expect(config).toContain('  token = "glrt-t0k_en.01"\n');
    expect(config).toContain('  id = 7\n');
    expect(config).not.toMatch(/@[A-Z_]+@/);
    expect(sandbox.modeOf('config-kept')).toBe('600');
    expect(sandbox.modeOf('var/lib/cleanroom/key.pem')).toBe('600');
    expect(sandbox.modeOf('var/lib/cleanroom/credential')).toBe('600');
  });

  it.each([
    ["log 1001 'Job failed: exit code 3'", 3],
    ["log 1001 'Job failed (system failure): prepare environment'", 1],
    ['exit 2', 1],
  ])('reports the exit code of a job that ends with %s', async (ending, exitCode) => {
    sandbox.runner(RECEIVED, ending).start();
    await finished();
    expect(plane.reports.findLast(({ event }) => event === 'RUNNER_EXITED')).toMatchObject({
      gitlabJobId: 1001,
      exitCode,
    });
  });

  it('asks again with the same key and repeats its reports when answers are lost', async () => {
    for (const path of ['enrol', 'runner', 'report']) plane.loseAnswers(`/machine/v1/${path}`, 2);
    sandbox.runner(RECEIVED, SUCCEEDED).start();
    await finished();
    expect(plane.flaws).toEqual([]);
    const distinct = plane.events().filter((event, index, all) => event !== all[index - 1]);
    expect(distinct).toEqual(['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED']);
  });

  it('reads a log line that comes in two pieces', async () => {
    const pieces = [`printf '{"job":10' >&2`, 'sleep 0.5', `printf '01,"msg":"Job succeeded"}\\n' >&2`];
    sandbox.runner(...pieces).start();
    await finished();
    expect(plane.reports.at(-1)?.event === 'ALIVE' || plane.reports.at(-1)?.gitlabJobId === 1001).toBe(true);
    expect(plane.reports.find(({ event }) => event === 'JOB_STARTED')).toMatchObject({ gitlabJobId: 1001 });
  });

  it('knows the number of a job also where it is written as text', async () => {
    sandbox.runner(`log '"1001"' 'Checking for jobs... received'`, `log '"1001"' 'Job succeeded'`).start();
    await finished();
    expect(plane.work()).toContainEqual({ event: 'RUNNER_EXITED', gitlabJobId: 1001, exitCode: 0 });
  });

  it('follows gitlab-runner to the next job where the first was cancelled before it began', async () => {
    sandbox.runner(
      RECEIVED,
      AWAIT_TOKENS,
      "log 1002 'Checking for jobs... received'",
      "log 1002 'Job succeeded'",
    );
    sandbox.start();
    await finished();
    const jobs = plane.reports.flatMap(({ gitlabJobId }) => gitlabJobId ?? []);
    expect(jobs).toEqual([1001, 1002, 1002]);
  });

  it('lets a job go on whose calls are refused for a while', async () => {
    sandbox.runner(RECEIVED, 'while [ ! -e "$root/enough" ]; do sleep 0.1; done', SUCCEEDED).start();
    await eventually(() => plane.events().includes('JOB_STARTED'));
    plane.refusesProofs = true;
    await eventually(() => sandbox.said.includes('was answered with 401'));
    plane.refusesProofs = false;
    sandbox.write('enough', '');
    await finished();
    expect(plane.work().at(-1)).toMatchObject({ event: 'RUNNER_EXITED', exitCode: 0 });
  });

  it('keeps the tokens of a long job fresh', async () => {
    sandbox.runner(RECEIVED, 'while [ ! -e "$root/enough" ]; do sleep 0.1; done', SUCCEEDED).start();
    const asked = () =>
      plane.calls.filter(({ target }) => target.includes('audience=sts.amazonaws.com')).length;
    await eventually(() => asked() >= 3);
    sandbox.write('enough', '');
    await finished();
  });
});
