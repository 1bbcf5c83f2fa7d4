import { createGitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator } from '@cleanroom/gitlab-simulator';
import type { GitLabSimulator, JobRow } from '@cleanroom/gitlab-simulator';
import { silentLog, scaledClock } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { startControlPlaneStub } from '../../../../machine/test/control-plane-stub.js';
import type { ControlPlaneStub } from '../../../../machine/test/control-plane-stub.js';
import { startGuest } from '../../src/index.js';
import type { Guest } from '../../src/index.js';
import { userDataFor } from '../user-data.js';

const TOKEN = 'glpat-test-owner';
const ADDRESS = '127.64.3.10';
const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.now(), factor: 60 });

describe('a guest and the simulated GitLab', () => {
  let gitlab: GitLabSimulator;
  let plane: ControlPlaneStub;
  let guest: Guest;

  beforeEach(async () => {
    gitlab = await startGitLabSimulator({ tokens: { [TOKEN]: { scopes: ['api'], role: 'owner' } }, clock });
    const client = createGitLabClient({ url: gitlab.url, token: TOKEN });
    const group = await client.findGroup('acme');
    const { token } = await client.createRunner({
      type: 'group',
      groupId: group?.id ?? 0,
      description: 'runner 1',
      tags: ['linux'],
      runUntagged: false,
      maintenanceNote: 'cleanroom:local:mch_1:3',
    });
    plane = await startControlPlaneStub({ ticket: 'crt_ticket', gitlabUrl: gitlab.url, runnerToken: token });
  });

  afterEach(async () => {
    await guest.stop();
    await plane.stop();
    await gitlab.stop();
  });

  const admin = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { 'content-type': 'application/json' };
    const given = body ? { headers, body: JSON.stringify(body) } : {};
    const response = await fetch(`${gitlab.url}/_sim/${path}`, { method, ...given });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text === '' ? '{}' : text) as T;
  };
  const queue = (seconds: number) =>
    admin('POST', 'jobs', { project: 'acme/web', tags: ['linux'], script: [`sleep ${seconds}`] });
  const jobs = async (): Promise<JobRow[]> => (await admin<{ jobs: JobRow[] }>('GET', 'report')).jobs;
  const start = () =>
    (guest = startGuest({
      ...{ address: ADDRESS, serverId: 43, serverName: 'cr-2-1', disk: {} },
      ...{ userData: userDataFor(plane.origin), clock, log: silentLog },
    }));
  const ended = () =>
    eventually(async () => (await jobs()).some(({ status }) => status !== 'pending' && status !== 'running'));

  it('bring a job to its end with a whole trace', async () => {
    await queue(30);
    start();
    await ended();
    expect((await jobs())[0]).toMatchObject({
      status: 'success',
      traceComplete: true,
      sourceAddress: ADDRESS,
    });
  });

  it('bring it to its end whole although answers are lost and calls fail', async () => {
    for (const operation of ['append_trace', 'update_job'])
      await admin('POST', 'faults', { operation, mode: 'lose_answer', rate: 0.4, seed: 7 });
    await queue(60);
    start();
    await ended();
    expect((await jobs())[0]).toMatchObject({
      status: 'success',
      traceComplete: true,
      sourceAddress: ADDRESS,
    });
    await eventually(() => plane.events().includes('RUNNER_EXITED'));
  });

  it('keep the identity tokens of a long job fresh, and ask for none after it', async () => {
    await queue(540);
    start();
    const asked = () =>
      plane.calls
        .filter(({ target }) => target.startsWith('/machine/v1/token'))
        .map(({ target }) => new URL(target, plane.origin).searchParams.get('audience'));
    await ended();
    // Those that were under way come in; further ones would come every two seconds.
    const audiences = await eventually(async () => {
      const before = asked();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return asked().length === before.length && before;
    });
    const each = ['sts.amazonaws.com', 'api://AzureADTokenExchange', plane.origin];
    expect(audiences.slice(0, 6)).toEqual([...each, ...each]);
    // Each is good for five minutes, and the job took nine.
    expect(audiences.length).toBeGreaterThanOrEqual(9);
  });
});
