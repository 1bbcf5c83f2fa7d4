import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePortBlock } from '@cleanroom/testing';
import { workspaceRoot } from '../../src/config.js';
import type { Demo } from '../../src/demo.js';
import { graphqlClient } from '../../src/graphql-client.js';
import { eventually } from '../eventually.js';
import { readFleet } from '../fleet.js';
import { Launchers } from '../launchers.js';
import { parentOf, processesWith } from '../process-list.js';

// One after the other on one folder: each start finds what the one before left, however that ended.
describe('npm start, killed in one way after the other', () => {
  const launchers = new Launchers();
  const folder = launchers.newFolder();
  let base: number;
  let seats: { id: string }[];
  afterAll(() => launchers.end(), 90_000);

  const seatsOf = async ({ graphqlUrl, apiToken }: Demo) =>
    (await readFleet(graphqlClient(graphqlUrl, apiToken))).map(({ id, name, staticIp }) => ({
      id,
      name,
      address: staticIp?.address,
    }));
  const launchHere = async () => {
    base ??= await freePortBlock();
    const launcher = launchers.launch(folder, base, '--no-jobs', '--speed', '30');
    const found = await launcher.demo();
    seats ??= await seatsOf(found);
    return { launcher, found };
  };

  it.each([
    ['database server', ([server = '']: string[]) => server],
    ['keeper of the database', ([, keeper = '']: string[]) => keeper],
  ])(
    'stops everything when the %s is killed, and leaves none of it',
    async (_, chosen) => {
      const { launcher } = await launchHere();
      const server = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
      const keeper = parentOf(server);
      process.kill(Number(chosen([server, keeper])), 'SIGKILL');
      expect(await launcher.ended).toBe(1);
      expect(launcher.output).toContain('postgres ended');
      // What serves connections sees by itself that its server is gone.
      await eventually(() => expect(launcher.leftOver()).toEqual([]));
    },
    270_000,
  );

  it('has lost nothing by all that, and leaves no process behind even when it is killed itself', async () => {
    const { launcher, found } = await launchHere();
    expect(await seatsOf(found)).toEqual(seats);
    launcher.signal('SIGKILL');
    await launcher.ended;
    await eventually(() => launcher.leftOver().length === 0, { within: 45_000 });
  }, 270_000);

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'stops with npm when npm is ended by %s',
    async (signal) => {
      const npm = spawn('npm', ['start', '--', '--no-jobs'], {
        cwd: workspaceRoot,
        env: { ...process.env, CLEANROOM_STATE_FOLDER: folder, CLEANROOM_PORT_BASE: String(base) },
        stdio: 'ignore',
      });
      const ours = () => processesWith(`CLEANROOM_PUBLIC_ORIGIN=http://127.0.0.1:${base}`);
      await eventually(() => ours().length > 0, { within: 180_000, every: 100 });
      npm.kill(signal);
      await eventually(() => [...ours(), ...processesWith(folder)].length === 0, { within: 45_000 });
    },
    270_000,
  );
});
