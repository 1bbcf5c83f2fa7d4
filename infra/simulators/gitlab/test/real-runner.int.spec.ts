import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@cleanroom/testing';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf } from './admin-client.js';
import { describeRealRunner, endGracefully, RealRunner } from './real-runner.js';
import { createRunnerAt } from './runner-voice.js';

describeRealRunner('the real gitlab-runner', () => {
  let folder: string;
  let simulator: GitLabSimulator;
  let admin: ReturnType<typeof adminOf>;
  let runner: RealRunner;
  let made: { id: number; token: string };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'real-runner-'));
    simulator = await startGitLabSimulator({ tokens: { t: { scopes: ['create_runner'] } } });
    admin = adminOf(simulator.url);
    runner = new RealRunner(folder);
    made = await createRunnerAt(simulator.url, 't');
    await runner.register(simulator.url, made.token);
  });

  afterEach(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true });
  });

  const queue = async (script: string[], more: object = {}): Promise<number> =>
    (await admin.queueJobs({ tags: ['linux'], script, definition: more }))[0] ?? 0;
  const fileOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

  it('registers with a token that was made before, and finds the runner that it is', async () => {
    const config = await fileOf('config.toml');
    expect(config).toMatch(new RegExp(`^ +id = ${made.id}$`, 'm'));
    expect(config).toContain(`token = "${made.token}"`);
    expect((await admin.ledger()).runners).toMatchObject([
      { runnerId: made.id, sourceAddresses: ['127.0.0.1'] },
    ]);
  });

  it('takes one job with the shell executor, finishes it and leaves', async () => {
    const variables = { GREETING: 'hello' };
    const script = [`echo "$GREETING from $CI_JOB_NAME of $CI_PROJECT_PATH" > ${folder}/said`, 'sleep 1'];
    const jobId = await queue(script, { variables });
    await queue(['true']);
    await runner.runSingle();
    expect(await fileOf('said')).toBe('hello from build of acme/web\n');
    const { jobs, runners, calls } = await admin.ledger();
    expect(jobs).toMatchObject([
      { jobId, status: 'success', traceComplete: true, runnerId: made.id, sourceAddress: '127.0.0.1' },
      { status: 'pending' },
    ]);
    expect(runners).toMatchObject([
      { jobIds: [jobId], systemIds: [expect.stringMatching(/^[sr]_[0-9a-zA-Z]{12}$/)] },
    ]);
    // `run-single` does not verify: that was the registration.
    expect(calls.filter(({ operation }) => operation === 'verify_runner')).toHaveLength(1);
  });

  it('tells how a job failed', async () => {
    const jobId = await queue(['exit 3', `touch ${folder}/never`]);
    await runner.runSingle();
    expect((await admin.ledger()).jobs).toMatchObject([
      { jobId, status: 'failed', failureReason: 'script_failure', traceComplete: true },
    ]);
    await expect(fileOf('never')).rejects.toThrow('ENOENT');
  });

  it('hears within its first report that the job is cancelled, and does not finish it', async () => {
    const jobId = await queue(['echo one', `touch ${folder}/begun`, 'sleep 60', `touch ${folder}/never`]);
    const running = runner.runSingle();
    await eventually(() =>
      fileOf('begun').then(
        () => true,
        () => false,
      ),
    );
    await admin.cancelJob(jobId);
    await running;
    await expect(fileOf('never')).rejects.toThrow('ENOENT');
    const { jobs, calls } = await admin.ledger();
    expect(jobs).toMatchObject([{ jobId, status: 'canceled', runnerId: made.id, traceComplete: true }]);
    expect(calls.at(-1)).toMatchObject({ operation: 'update_job', status: 200 });
  });

  it.each([
    ['an end that GitLab is not done with', { operation: 'update_job', mode: 'fail', status: 202 }],
    ['a trace that is another', { operation: 'update_job', mode: 'fail', status: 412 }],
    ['a proxy without GitLab behind it', { operation: 'update_job', mode: 'fail', status: 502, body: 'raw' }],
  ])('brings a job to its end in spite of %s', async (_what, fault) => {
    const jobId = await queue(['echo one', `until [ -e ${folder}/struck ]; do sleep 0.2; done`, 'echo two']);
    const running = runner.runSingle();
    await eventually(async () => (await admin.ledger('?operation=update_job')).calls.length > 0);
    await admin.fault({ ...fault, times: 1 });
    await writeFile(join(folder, 'struck'), '');
    await running;
    const { jobs, calls } = await admin.ledger();
    expect(jobs).toMatchObject([{ jobId, status: 'success', traceComplete: true }]);
    expect(calls.filter(({ fault: struck }) => struck === fault.mode)).toHaveLength(1);
  });

  it('serves one job after the other, and ends gracefully', async () => {
    const config = await fileOf('config.toml');
    await writeFile(join(folder, 'config.toml'), config.replace('check_interval = 0', 'check_interval = 1'));
    const service = runner.start();
    try {
      await queue(['true']);
      await eventually(async () => (await admin.ledger()).jobs[0]?.status === 'success');
      await queue([`echo ready > ${folder}/said`, 'sleep 2']);
      await eventually(() =>
        fileOf('said').then(
          (said) => said === 'ready\n',
          () => false,
        ),
      );
      expect(await endGracefully(service)).toBe(0);
      expect((await admin.ledger()).jobs.map(({ status }) => status)).toEqual(['success', 'success']);
    } finally {
      service.kill('SIGKILL');
    }
  });
});
