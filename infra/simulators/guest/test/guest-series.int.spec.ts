import { silentLog, scaledClock } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { startControlPlaneStub } from '../../../machine/test/control-plane-stub.js';
import type { ControlPlaneStub } from '../../../machine/test/control-plane-stub.js';
import { startGuest } from '../src/index.js';
import type { Guest } from '../src/index.js';
import { GitLabStub } from './gitlab-stub.js';
import { userDataFor } from './user-data.js';

const ADDRESS = '127.64.3.9';
const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.now(), factor: 60 });

let gitlab: GitLabStub;
let plane: ControlPlaneStub;
let guests: Guest[];

beforeEach(async () => {
  gitlab = new GitLabStub();
  await gitlab.start();
  plane = await startControlPlaneStub({ ticket: 'crt_ticket', gitlabUrl: gitlab.url });
  guests = [];
});

afterEach(async () => {
  await Promise.all(guests.map((guest) => guest.stop()));
  await plane.stop();
  await gitlab.stop();
});

const start = (): Guest => {
  const identity = { address: ADDRESS, serverId: 42, serverName: 'cr-1-1' };
  const guest = startGuest({
    ...identity,
    userData: userDataFor(plane.origin),
    clock,
    disk: {},
    log: silentLog,
  });
  guests.push(guest);
  return guest;
};

const script = (...lines: string[]) => [{ name: 'script', script: lines }];
const finished = () => eventually(() => plane.events().includes('RUNNER_EXITED'));

describe('a guest after its job', () => {
  it('takes no second job where the control plane says that the generation is over', async () => {
    gitlab.queue.push(script('true'), script('true'));
    start();
    await finished();
    await eventually(() => plane.calls.at(-1)?.target === '/machine/v1/runner');
    expect(gitlab.handedOut).toBe(1);
  });

  it('takes one job after the other where the control plane lets it, each time asked anew', async () => {
    plane.series = true;
    gitlab.queue.push(script('true'), script('true'));
    start();
    const ends = () => plane.events().filter((event) => event === 'RUNNER_EXITED').length;
    await eventually(() => ends() >= 1 && (plane.waiting = 1));
    await eventually(() => ends() === 2);
    const one = ['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED'];
    expect(plane.events().slice(0, 6)).toEqual([...one, ...one]);
    expect(plane.reports.findLast(({ event }) => event === 'RUNNER_EXITED')?.gitlabJobId).toBe(1002);
    expect(plane.calls.filter(({ target }) => target === '/machine/v1/enrol')).toHaveLength(2);
    expect(plane.flaws).toEqual([]);
  });

  it('ends where nobody hears of the job that it ran', async () => {
    plane.series = true;
    plane.refuses = { event: 'RUNNER_EXITED', status: 404 };
    gitlab.queue.push(script('true'), script('true'));
    start();
    await eventually(() => gitlab.isTraceComplete());
    const before = plane.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(plane.calls.length - before).toBeLessThanOrEqual(3);
    expect(gitlab.handedOut).toBe(1);
  });

  it('takes one job after the other from GitLab where its runner may, and asks nobody else', async () => {
    plane.maxBuilds = 0;
    gitlab.queue.push(script('true'), script('true'), script('true'));
    start();
    await eventually(() => plane.work().length === 4);
    expect(plane.work()).toEqual([
      { event: 'RUNNER_STARTED' },
      ...[1001, 1002, 1003].map((gitlabJobId) => ({ event: 'JOB_STARTED', gitlabJobId })),
    ]);
    expect(gitlab.handedOut).toBe(3);
  });
});
