import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, superviseProcess } from '@cleanroom/testing';
import type { SupervisedProcess } from '@cleanroom/testing';
import { adminOf } from './admin-client.js';
import { createRunnerAt, RunnerVoice } from './runner-voice.js';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The simulator as it is built, started again as often as it is killed. */
describe('a simulated GitLab that is killed', () => {
  let folder: string;
  let url: string;
  let simulator: SupervisedProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gitlab-killed-'));
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    const env = {
      CLEANROOM_PORT: port,
      CLEANROOM_SIMULATOR_STATE: folder,
      CLEANROOM_SIMULATOR_TOKENS: JSON.stringify({ t: { scopes: ['api'] } }),
    };
    simulator = superviseProcess({ command: process.execPath, args: [program], env });
    await listens();
  });
  afterEach(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  const listens = (): Promise<unknown> => eventually(() => adminOf(url).ledger());
  const kill = async (): Promise<void> => {
    const { length } = simulator.exits;
    simulator.signal('SIGKILL');
    await eventually(() => simulator.exits.length > length);
    await listens();
  };
  const isWritten = (file: string, text: string): Promise<unknown> =>
    eventually(() => readFileSync(join(folder, file), 'utf8').includes(text), { within: 5_000 });
  const jobsOf = async (): Promise<{ id: number; status: string }[]> => {
    const headers = { 'private-token': 't' };
    const answer = await fetch(`${url}/api/v4/projects/1/jobs?per_page=100&sort=asc`, { headers });
    return (await answer.json()) as { id: number; status: string }[];
  };

  it('has its runners, jobs, traces and ledger again, whatever it was doing, and gives no id twice', async () => {
    const voice = new RunnerVoice(url, (await createRunnerAt(url, 't')).token);
    const [first = 0] = await adminOf(url).queueJobs({ tags: ['linux'] });
    const jobToken = (await voice.requestJob()).body.token ?? '';
    await voice.appendTrace(first, jobToken, 0, 'hello');
    const [kept = 0] = await adminOf(url).queueJobs({ tags: ['linux'] });
    await isWritten('gitlab.json', `"id":${kept},`);
    await isWritten('ledger.jsonl', `"jobId":${kept},`);
    // In the middle of this it is killed.
    const more = adminOf(url)
      .queueJobs({}, 1_000)
      .catch(() => 'cut off');
    await kill();
    expect(await more).toBe('cut off');
    const ids = (await jobsOf()).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([first, kept]));
    const [next = 0] = await adminOf(url).queueJobs({});
    expect(ids).not.toContain(next);
    const { jobs } = await adminOf(url).ledger();
    expect(jobs.map(({ jobId }) => jobId)).toEqual(expect.arrayContaining([first, kept, next]));
    const rest = await voice.appendTrace(first, jobToken, 5, ' world');
    expect([rest.status, rest.headers.get('range')]).toEqual([202, '0-11']);
    const output = { checksum: 'crc32:0d4a1185', bytesize: 11 };
    expect((await voice.updateJob(first, jobToken, 'success', { output })).status).toBe(200);
  });
});
