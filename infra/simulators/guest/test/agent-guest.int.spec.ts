import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { silentLog, scaledClock } from '@cleanroom/kernel';
import { renderUserData } from '@cleanroom/machine';
import { describeUnless, eventually } from '@cleanroom/testing';
import { startControlPlaneStub } from '../../../machine/test/control-plane-stub.js';
import type { ControlPlaneStub } from '../../../machine/test/control-plane-stub.js';
import { startAgentGuest, whyNoAgent } from '../src/index.js';
import type { Guest, GuestOptions } from '../src/index.js';
import { GitLabStub } from './gitlab-stub.js';

const ADDRESS = '127.64.3.11';
const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.now(), factor: 60 });

let gitlab: GitLabStub;
let plane: ControlPlaneStub;
let guests: Guest[];

beforeEach(async () => {
  gitlab = new GitLabStub();
  await gitlab.start();
  plane = await startControlPlaneStub({
    ...{ ticket: 'crt_ticket', gitlabUrl: gitlab.url, notReady: 0, waiting: 0 },
  });
  guests = [];
});

afterEach(async () => {
  await Promise.all(guests.map((guest) => guest.stop()));
  await plane.stop();
  await gitlab.stop();
});

const userData = (generation = 3) =>
  renderUserData({ origin: plane.origin, machineId: 'mch_1', generation, ticket: 'crt_ticket' });
const start = (overrides: Partial<GuestOptions> = {}): Guest => {
  const identity = { address: ADDRESS, serverId: 44, serverName: 'cr-3-1' };
  const guest = startAgentGuest({
    ...{ ...identity, userData: userData(), clock, disk: {}, log: silentLog },
    ...overrides,
  });
  guests.push(guest);
  return guest;
};
const script = (...lines: string[]) => [{ name: 'script', script: lines }];
const heard = (event: string) => eventually(() => plane.events().includes(event));
const textsOn = ({ files }: Record<string, unknown>): string[] =>
  Object.values(files as Record<string, { base64: string }>).map(({ base64 }) =>
    Buffer.from(base64, 'base64').toString('utf8'),
  );
const userDataThatRuns = (lines: string[], more: object[] = []): string => {
  const unit = { path: '/etc/systemd/system/cleanroom-agent.service', content: 'ExecStart=/opt/try.sh\n' };
  const program = { path: '/opt/try.sh', content: [...lines, ''].join('\n'), permissions: '0755' };
  const runcmd = [['systemctl', 'enable', 'cleanroom-agent.service']];
  return `#cloud-config\n${JSON.stringify({ write_files: [unit, program, ...more], runcmd })}\n`;
};
const enrolments = () => plane.calls.filter(({ body }) => body.includes('"ticket"')).length;

describeUnless(whyNoAgent(), 'a guest with the real agent', () => {
  it('enrols, runs its job and reports it, speaking to everyone from its own address', async () => {
    gitlab.queue.push(script('echo hello', 'sleep 20'));
    start();
    await heard('RUNNER_EXITED');
    expect(plane.flaws).toEqual([]);
    expect(plane.events()).toEqual(['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED']);
    expect(plane.reports.find(({ event }) => event === 'RUNNER_EXITED')).toEqual({
      ...{ event: 'RUNNER_EXITED', gitlabJobId: 1001, exitCode: 0, at: expect.any(String) },
    });
    expect(gitlab.isTraceComplete()).toBe(true);
    expect(gitlab.trace.toString('utf8')).toContain('  as org:o:pool:p:runner:r\n');
    expect([...new Set(plane.calls.map(({ source }) => source))]).toEqual([ADDRESS]);
    expect([...gitlab.sources]).toEqual([ADDRESS]);
  });

  it('reports the exit code that a job failed with', async () => {
    gitlab.queue.push(script('exit 3'));
    start();
    await heard('RUNNER_EXITED');
    expect(plane.reports.find(({ event }) => event === 'RUNNER_EXITED')?.exitCode).toBe(3);
  });

  it('keeps its credential over a reboot, and gives up the job that was cut off', async () => {
    gitlab.queue.push(script('sleep 6000'));
    const disk: Record<string, unknown> = {};
    const first = start({ disk });
    await heard('JOB_STARTED');
    await first.stop();
    expect(textsOn(disk).length).toBeGreaterThan(10);
    expect(textsOn(disk).filter((text) => text.includes('crt_ticket'))).toEqual([]);
    start({ disk: JSON.parse(JSON.stringify(disk)) as Record<string, unknown> });
    await heard('FAILED');
    expect(enrolments()).toBe(1);
    expect(gitlab.handedOut).toBe(1);
  });

  it('begins anew, with another key, where it is rebuilt with other user data', async () => {
    const disk = {};
    const first = start({ disk });
    await heard('RUNNER_STARTED');
    await first.stop();
    const oldKey = plane.publicKey;
    plane.publicKey = undefined;
    start({ disk, userData: userData(4) });
    await eventually(() => plane.publicKey !== undefined);
    expect(plane.publicKey).not.toBe(oldKey);
    expect(enrolments()).toBe(2);
  });

  it('ends its job at once and for good when its generation is over', async () => {
    gitlab.queue.push(script('sleep 6000'));
    start();
    await heard('JOB_STARTED');
    plane.over = true;
    await eventually(() => gitlab.updates.at(-1)?.state === 'failed');
    expect(gitlab.updates.at(-1)).toMatchObject({ failure_reason: 'runner_system_failure' });
  });

  it('falls silent for good once it is enrolled, where it is told to', async () => {
    const disk: Record<string, unknown> = {};
    const guest = start({ disk, behaviour: { dieAfterEnrol: true } });
    await eventually(() => disk.files !== undefined);
    const asked = plane.calls.length;
    expect(plane.publicKey).toBeDefined();
    await guest.stop();
    expect([plane.events(), plane.calls.length]).toEqual([[], asked]);
  });

  it('can write nowhere but into its own folder, and sees no other’s', async () => {
    const name = `escaped-${process.pid}`;
    const places = ['/tmp', '/root', '/etc', '/var/tmp', process.cwd()].map((folder) => join(folder, name));
    const lines = [
      ...places.map((place) => `touch ${place} || true`),
      'ls /tmp >"$CLEANROOM_ROOT/opt/seen"',
      'echo "$CLEANROOM_ROOT" >"$CLEANROOM_ROOT/opt/tried"',
    ];
    const other = mkdtempSync(join(tmpdir(), 'somebody-else-'));
    const disk: Record<string, unknown> = {};
    start({ disk, userData: userDataThatRuns(lines) });
    await eventually(() => disk.files !== undefined);
    rmSync(other, { recursive: true });
    const files = disk.files as Record<string, { base64: string }>;
    const textOf = (file: string) => Buffer.from(files[file]?.base64 ?? '', 'base64').toString('utf8');
    expect(places.filter((place) => existsSync(place))).toEqual([]);
    expect(textOf('opt/seen').split('\n').sort()).toEqual(['', basename(textOf('opt/tried').trim()), name]);
  });

  it('brings no program that runs instead of the sandbox', async () => {
    const outside = join(tmpdir(), `outside-${process.pid}`);
    const content = `#!/bin/sh\ntouch ${outside}\n`;
    const bubblewrap = { path: '/bin/bwrap', content, permissions: '0755' };
    const disk: Record<string, unknown> = {};
    start({ disk, userData: userDataThatRuns(['true'], [bubblewrap]) });
    await eventually(() => disk.files !== undefined);
    expect(existsSync(outside)).toBe(false);
  });

  it('runs nothing from user data that is not ours', async () => {
    start({ userData: '#!/bin/sh\necho hello\n' });
    start({ userData: '#cloud-config\nwrite_files: []\n' });
    start({ behaviour: { neverBoot: true } });
    await guests.at(0)?.stop();
    expect(plane.calls).toEqual([]);
  });
});
