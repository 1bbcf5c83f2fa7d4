import { silentLog, scaledClock } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { renderUserData } from '@cleanroom/machine';
import { startControlPlaneStub } from '../../../machine/test/control-plane-stub.js';
import type { ControlPlaneStub } from '../../../machine/test/control-plane-stub.js';
import { startGuest } from '../src/index.js';
import type { Guest, GuestOptions } from '../src/index.js';
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

const start = ({ userData = userDataFor(plane.origin), ...overrides }: Partial<GuestOptions> = {}): Guest => {
  const identity = { address: ADDRESS, serverId: 42, serverName: 'cr-1-1' };
  const guest = startGuest({ ...identity, userData, clock, disk: {}, log: silentLog, ...overrides });
  guests.push(guest);
  return guest;
};

const script = (...lines: string[]) => [{ name: 'script', script: lines }];
const finished = () => eventually(() => plane.events().includes('RUNNER_EXITED'));
const traceText = (): string => gitlab.trace.toString('utf8');
/** A runner that is slow says several times that its job still runs. */
const statesTold = (): string[] =>
  gitlab.updates
    .map(({ state }) => state)
    .filter((state, index, all) => state !== 'running' || all[index - 1] !== 'running');

describe('the life of a guest', () => {
  it('enrols, waits until it may work, runs one job, reports each step and stops when it is over', async () => {
    gitlab.queue.push(script('echo hello', 'sleep 20', 'echo bye'));
    start();
    await finished();
    expect(plane.flaws).toEqual([]);
    expect(plane.work()).toEqual([
      { event: 'RUNNER_STARTED' },
      { event: 'JOB_STARTED', gitlabJobId: 1001 },
      { event: 'RUNNER_EXITED', gitlabJobId: 1001, exitCode: 0 },
    ]);
    expect(statesTold()).toEqual(['running', 'success']);
    expect(gitlab.isTraceComplete()).toBe(true);
    expect(traceText()).toContain('as org:o:pool:p:runner:r\n');
    expect(traceText()).toMatch(/\$ echo hello\nhello\n\$ sleep 20\n\$ echo bye\nbye\nJob succeeded\n$/);
    plane.over = true;
    await eventually(async () => {
      const before = plane.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return plane.calls.length === before;
    });
  });

  it('speaks from its own address to everyone', async () => {
    gitlab.queue.push(script('true'));
    start();
    await finished();
    expect([...new Set(plane.calls.map(({ source }) => source))]).toEqual([ADDRESS]);
    expect([...gitlab.sources]).toEqual([ADDRESS]);
  });

  it('starts from the user data that real machines get', async () => {
    const settings = { machineId: 'mch_1', generation: 3, ticket: 'crt_ticket' };
    start({ userData: renderUserData({ origin: plane.origin, ...settings }) });
    await eventually(() => plane.events().includes('RUNNER_STARTED'));
  });

  it('reports the exit code of a job that fails', async () => {
    gitlab.queue.push(script('exit 3', 'echo never'));
    start();
    await finished();
    expect(plane.work().at(-1)).toEqual({ event: 'RUNNER_EXITED', gitlabJobId: 1001, exitCode: 3 });
    expect(gitlab.updates.at(-1)).toMatchObject({
      state: 'failed',
      failure_reason: 'script_failure',
      exit_code: 3,
    });
    expect(traceText()).not.toContain('never');
  });

  it('still runs what runs always when a job is cancelled', async () => {
    gitlab.queue.push([
      ...script('echo one', 'sleep 600', 'echo two'),
      { name: 'after_script', script: ['echo tidy'], when: 'always' },
    ]);
    start();
    await eventually(() => traceText().includes('one'));
    gitlab.jobStatus = 'canceling';
    await finished();
    expect(traceText()).toContain('$ echo tidy');
    expect(traceText()).not.toContain('two');
    expect(gitlab.updates.at(-1)).toMatchObject({ state: 'failed', failure_reason: 'job_canceled' });
  });

  it('tells of the end again where GitLab is not done, and sends the whole trace again where it is another', async () => {
    gitlab.queue.push(script('echo hello'));
    gitlab.endings.push(202, 412);
    start();
    await finished();
    expect(statesTold()).toEqual(['running', 'success', 'success', 'success']);
    expect(gitlab.isTraceComplete()).toBe(true);
  });

  it('drops a job at once that GitLab has ended', async () => {
    gitlab.queue.push(script('echo one', 'sleep 6000'));
    start();
    await eventually(() => traceText().includes('one'));
    gitlab.jobStatus = 'canceled';
    await finished();
    expect(gitlab.updates.every(({ state }) => state === 'running')).toBe(true);
  });
});

describe('a guest whose answers are lost', () => {
  it('asks again with the same key for an enrolment, and repeats its reports and its trace', async () => {
    for (const path of ['enrol', 'runner', 'report']) plane.loseAnswers(`/machine/v1/${path}`, 2);
    gitlab.loseAnswers('PATCH', 2);
    gitlab.queue.push(script('echo hello', 'sleep 10', 'echo bye'));
    start();
    await eventually(() => plane.reports.some(({ event }) => event === 'RUNNER_EXITED'));
    expect(traceText().match(/\$ echo hello\n/g)).toHaveLength(1);
    expect(gitlab.isTraceComplete()).toBe(true);
    expect(plane.flaws).toEqual([]);
  });

  it('goes on when the control plane comes back', async () => {
    const { port, origin } = plane;
    await plane.stop();
    start({ userData: userDataFor(origin) });
    await new Promise((resolve) => setTimeout(resolve, 400));
    plane = await startControlPlaneStub({ ticket: 'crt_ticket', gitlabUrl: gitlab.url, port });
    await eventually(() => plane.events().includes('RUNNER_STARTED'));
  });
});

describe('a guest that was switched off', () => {
  const reboot = (disk: Record<string, unknown>) =>
    JSON.parse(JSON.stringify(disk)) as Record<string, unknown>;

  it('finishes its job from the disk by the time at which it would have ended', async () => {
    // Begun anew, it would last longer than anybody waits here.
    gitlab.queue.push(script('echo one', 'sleep 18000', 'echo two'));
    const disk = {};
    const first = start({ disk });
    await eventually(() => traceText().includes('one'));
    await first.stop();
    const later = { ...clock, now: () => new Date(clock.now().getTime() + 18_000_000) };
    start({ disk: reboot(disk), clock: later });
    await finished();
    expect(plane.events()).toEqual(['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED']);
    expect(gitlab.handedOut).toBe(1);
    expect(gitlab.isTraceComplete()).toBe(true);
    expect(traceText().match(/\$ echo one\n/g)).toHaveLength(1);
  });

  it('neither enrols twice nor takes another job when it comes back after its job', async () => {
    gitlab.queue.push(script('true'), script('true'));
    const disk = {};
    const first = start({ disk });
    await finished();
    await eventually(() => (disk as { job?: { reported: string } }).job?.reported === 'end');
    await first.stop();
    const asked = plane.calls.filter(({ target }) => target === '/machine/v1/runner').length;
    const enrolments = plane.calls.filter(({ target }) => target === '/machine/v1/enrol').length;
    start({ disk: reboot(disk) });
    await eventually(
      () => plane.calls.filter(({ target }) => target === '/machine/v1/runner').length > asked,
    );
    expect(plane.calls.filter(({ target }) => target === '/machine/v1/enrol')).toHaveLength(enrolments);
    expect(gitlab.handedOut).toBe(1);
  });

  it('says nothing more once stop has returned', async () => {
    const guest = start();
    await eventually(() => plane.calls.length > 0);
    await guest.stop();
    const heard = plane.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(plane.calls).toHaveLength(heard);
  });
});

describe('a guest that disappoints', () => {
  it('never says anything where it never boots, or where its user data starts no agent', async () => {
    start({ behaviour: { neverBoot: true } });
    start({ userData: '#!/bin/sh\necho hello\n' });
    start({ userData: '#cloud-config\nhostname: [unclosed' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(plane.calls).toEqual([]);
  });

  it('boots as late as it is told', async () => {
    const switchedOn = clock.now().getTime();
    start({ behaviour: { bootLateSeconds: 60 } });
    await eventually(() => plane.calls.length > 0);
    expect(clock.now().getTime() - switchedOn).toBeGreaterThan(59_000);
  });

  it('falls silent after it enrolled', async () => {
    start({ behaviour: { dieAfterEnrol: true } });
    await eventually(() => plane.publicKey !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(plane.calls.every(({ target }) => target === '/machine/v1/enrol')).toBe(true);
  });

  it('ends where its ticket is refused', async () => {
    start({ userData: userDataFor(plane.origin, 'crt_wrong') });
    await eventually(() => plane.calls.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    // Once it is told to come again, because nobody has heard of the machine yet.
    expect(plane.calls.length).toBeLessThanOrEqual(2);
    expect(plane.reports).toEqual([]);
  });
});
