import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '../src/config.js';
import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

/** What the README shows of the API, as commands to copy; in the order of the page. */
const [
  list = '',
  wake = '',
  createPool = '',
  queue = '',
  follow = '',
  statement = '',
  ledgers = '',
  ...more
] = examples();

function examples(): string[] {
  const readme = readFileSync(join(workspaceRoot, 'README.md'), 'utf8');
  const [, section = ''] = /## The API by example\n([^]*?)\n## /.exec(readme) ?? [];
  return [...section.matchAll(/```sh\n([^]*?)```/g)].map(([, commands = '']) => commands);
}

/** The functions that the first example makes for the others. */
const functions = list
  .split('\n')
  .filter((line) => /^\w+\(\)/.test(line))
  .join('\n');

/** That the commands of the README work as they stand. Leaves a pool behind in the installation that they are tried on. */
export const readmeExamples = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  let folder: string;

  beforeAll(() => {
    installation = running();
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-readme-'));
    // As in the workspace, where they are to be pasted.
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    mkdirSync(join(folder, '.cleanroom'));
    symlinkSync(installation.system.folder.file('demo.json'), join(folder, '.cleanroom/demo.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (commands: string): Promise<string> => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${functions}\n${commands}`], {
      cwd: folder,
      maxBuffer: 1e8,
    });
    return stdout;
  };

  it('are seven', () => expect(more).toEqual([]));

  it('show the runners', async () => {
    const { data } = JSON.parse(await run(list)) as { data: { runners: { nodes: object[] } } };
    expect(data.runners.nodes.length).toBeGreaterThanOrEqual(4);
    expect(data.runners.nodes[0]).toMatchObject({
      state: expect.any(String),
      staticIp: { address: expect.stringMatching(/^127\./) },
      costToDate: { currency: 'EUR' },
    });
  });

  it('wake a runner', async () => {
    expect(JSON.parse(await run(wake))).toEqual({
      data: { wakeRunner: { runner: { state: expect.any(String) }, userErrors: [] } },
    });
  });

  it('make a pool', async () => {
    expect(JSON.parse(await run(createPool))).toEqual({
      data: { createRunnerPool: { runnerPool: { id: expect.any(String), name: 'big' }, userErrors: [] } },
    });
  });

  it('queue a job for it', async () => {
    expect(JSON.parse(await run(queue))).toEqual({ id: expect.any(Number), status: 'pending' });
  });

  it('follow what changes', async () => {
    // A group of its own: the shell's curl is to end with it.
    const shell = spawn('sh', ['-c', `${functions}\n${follow}`], { cwd: folder, detached: true });
    let told = '';
    shell.stdout.on('data', (text: Buffer) => (told += text.toString()));
    try {
      await eventually(
        async () => {
          await installation.gitlab.queueJobs({ seconds: 5 });
          expect(told).toMatch(
            /"runnerChanged":\{"cursor":"[^"]+","from":"\w+","to":"\w+","runner":\{"name":/,
          );
        },
        { within: 180_000, every: 2_000 },
      );
    } finally {
      process.kill(-(shell.pid ?? 0), 'SIGTERM');
    }
  }, 210_000);

  it('ask for a month, which has no statement yet, or none ever', async () => {
    const error = expect.stringMatching(/^(not_closed|nothing_billed)$/);
    expect(JSON.parse(await run(statement))).toEqual({ error });
  });

  it('read the ledgers', async () => {
    const [hetzner = '', gitlab = ''] = ledgers.trim().split('\n');
    for (const ledger of [hetzner, gitlab])
      expect(JSON.parse(await run(ledger))).toEqual({
        ...{ now: expect.any(String), clock: expect.stringMatching(/^\d+:\d+:[\d.]+$/) },
        ...{ entries: expect.any(Array), resources: expect.any(Array) },
      });
  });
};
