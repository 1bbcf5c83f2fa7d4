import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePortBlock } from '@cleanroom/testing';
import { eventually } from './eventually.js';
import { workspaceRoot } from '../src/config.js';
import type { Demo } from '../src/demo.js';
import { graphqlClient } from '../src/graphql-client.js';
import type { InstallationState } from '../src/state-folder.js';
import { expectWhole } from './expect-whole.js';
import { readFleet } from './fleet.js';
import type { Launcher } from './launcher.js';
import { Launchers } from './launchers.js';
import { secretsIn } from './secrets-in.js';
import { commandOf, processesWith } from './process-list.js';

describe('npm start', () => {
  const launchers = new Launchers();
  afterAll(() => launchers.end(), 90_000);

  // One after the other on one folder: each start finds what the one before left, however that ended.
  describe('on a folder of its own', () => {
    const folder = launchers.newFolder();
    let base: number;
    let demo: Demo;
    let seats: { id: string }[];
    const seatsOf = async ({ graphqlUrl, apiToken }: Demo) =>
      (await readFleet(graphqlClient(graphqlUrl, apiToken))).map(({ id, name, staticIp }) => ({
        id,
        name,
        address: staticIp?.address,
      }));
    const launchHere = async () => {
      base ??= await freePortBlock();
      const launcher = launchers.launch(folder, base, '--no-jobs', '--speed', '30');
      return { launcher, found: await launcher.demo() };
    };

    it('harms nothing by a second start, and stops everything on Ctrl-C within 10 seconds', async () => {
      const { launcher, found } = await launchHere();
      demo = found;
      const intruder = launchers.launch(folder, await freePortBlock(), '--reset');
      expect(await intruder.ended).toBe(1);
      expect(intruder.output).toContain('already runs on this state folder');
      expectWhole(demo, 30);
      seats = await seatsOf(demo);
      expect(seats).toHaveLength(4);
      expect(await stopped(launcher, 'SIGINT')).toBeLessThan(10_000);
      expect(await launcher.ended).toBe(0);
      expect(launcher.leftOver()).toEqual([]);
    }, 270_000);

    it('finds its data again, shows its events, takes another organisation, and stops everything on SIGTERM within 10 seconds', async () => {
      const { launcher, found } = await launchHere();
      expect(found.apiToken).toBe(demo.apiToken);
      expect(await seatsOf(found)).toEqual(seats);
      expect(launcher.output).toMatch(/\n {2}Demo organisation, as it was left +\d+\.\d s\n/);
      const shown = await saidOf(launcher, 'events/main');
      expect(shown).toContain('The embedded bus in PostgreSQL');
      expect(shown).toMatch(/cleanroom\.provisioning\.runner\.v1 +provisioning +\d+ +scheduling +\d+/);
      expect(shown).toMatch(/billing +\d+ +\d+ +0\n/);
      const said = JSON.parse(await saidOf(launcher, 'organization', 'create', 'Umbrella')) as {
        tokens: [{ secret: string }];
      };
      const ask = graphqlClient(found.graphqlUrl, said.tokens[0].secret);
      expect(await ask('{ viewer { role organization { name } } }')).toEqual({
        viewer: { role: 'OWNER', organization: { name: 'Umbrella' } },
      });
      expect(await stopped(launcher, 'SIGTERM')).toBeLessThan(10_000);
      expect(launcher.leftOver()).toEqual([]);
    }, 270_000);

    it('stops everything when one of its processes dies, and says which', async () => {
      const { launcher } = await launchHere();
      const [billing = ''] = processesWith(
        `CLEANROOM_PUBLIC_ORIGIN=http://127.0.0.1:${launcher.portBase}`,
      ).filter((pid) => commandOf(pid).includes('services/billing'));
      const killed = performance.now();
      process.kill(Number(billing), 'SIGKILL');
      expect(await launcher.ended).toBe(1);
      expect(performance.now() - killed).toBeLessThan(10_000);
      expect(launcher.output).toContain('billing ended by SIGKILL');
      expect(launcher.leftOver()).toEqual([]);
    }, 270_000);

    it('says where a state that was begun at other ports can go on, and starts nothing', async () => {
      const launcher = launchers.launch(folder, await freePortBlock());
      expect(await launcher.ended).toBe(1);
      expect(launcher.output).toContain(`Go on with CLEANROOM_PORT_BASE=${base}, or forget it`);
    });

    it('begins anew with --reset, and shows what it started, where it is and how runners live', async () => {
      base = await freePortBlock();
      const launcher = launchers.launch(folder, base, '--reset', '--speed', '30');
      const found = await launcher.demo();
      expect(found.apiToken).not.toBe(demo.apiToken);
      const ids = (await seatsOf(found)).map(({ id }) => id);
      expect(ids.filter((id) => seats.some((seat) => seat.id === id))).toEqual([]);
      expect(ids).toHaveLength(4);
      await eventually(() => livesOf(launcher.output).some((life) => WHOLE_LIFE.test(life)), {
        within: 180_000,
      });
      expect(launcher.output).toMatch(/\n {2}PostgreSQL .*\d\.\d s\n/);
      expect(launcher.output).toMatch(/\n {2}Demo organisation and pool +\d+\.\d s\n/);
      for (const url of [found.graphqlUrl, found.subscriptionsUrl, found.oidcIssuer, found.hetznerUrl])
        expect(launcher.output).toContain(` ${url}`);
      const state = readFileSync(join(folder, 'installation.json'), 'utf8');
      expect(secretsIn(launcher.output, JSON.parse(state) as InstallationState)).toEqual([]);
      await stopped(launcher, 'SIGTERM');
    }, 360_000);
  });
});

/** The states of a runner that takes a job, as one line tells the next. */
const WHOLE_LIFE = /ASLEEP → STARTING, STARTING → ENROLLING, ENROLLING → IDLE, IDLE → BUSY/;

/** The transitions that were printed, of each runner in a row. */
function livesOf(output: string): string[] {
  const lines = [...output.matchAll(/^ {2}\d\d:\d\d:\d\d {2}(\S+) +(\w+) → (\w+)/gm)];
  const byRunner = Map.groupBy(lines, ([, name]) => name);
  return [...byRunner.values()].map((own) => own.map(([, , from, to]) => `${from} → ${to}`).join(', '));
}

/** What a program of `npm run` says of what a launcher runs. */
async function saidOf({ stateFolder, portBase }: Launcher, name: string, ...args: string[]): Promise<string> {
  const program = join(workspaceRoot, `infra/local/dist/${name}.js`);
  const env = { ...process.env, CLEANROOM_STATE_FOLDER: stateFolder, CLEANROOM_PORT_BASE: String(portBase) };
  return (await promisify(execFile)(process.execPath, [program, ...args], { env })).stdout;
}

async function stopped(launcher: Launcher, signal: NodeJS.Signals): Promise<number> {
  const asked = performance.now();
  launcher.signal(signal);
  await launcher.ended;
  return performance.now() - asked;
}
