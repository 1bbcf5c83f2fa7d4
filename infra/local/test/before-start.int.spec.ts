import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@cleanroom/testing';
import { workspaceRoot } from '../src/config.js';

/** Stands for the build: tells how it was called, and has a process of its own that ends only when it is told to. */
const BUILD = `
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
writeFileSync('build.json', JSON.stringify({ pids: [process.pid, helper.pid], plugins: process.env.NX_ISOLATE_PLUGINS }));
setInterval(() => {}, 1000);
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cleanroom-launcher-'));
  cpSync(join(workspaceRoot, 'infra/local/bin'), join(root, 'infra/local/bin'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const launch = (...args: string[]) => launchWith({}, ...args);

const launchWith = (env: Record<string, string>, ...args: string[]) => {
  const start = join(root, 'infra/local/bin/start.mjs');
  const child = spawn(process.execPath, [start, ...args], { cwd: root, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  return { child, ended };
};

/** As after an installation, with what stands for the build. */
const installed = (build = BUILD): void => {
  const lock = '{}';
  writeFileSync(join(root, 'package-lock.json'), lock);
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
  const stamp = createHash('sha256').update(lock).digest('hex');
  writeFileSync(join(root, 'node_modules/.cleanroom-installed'), stamp);
  mkdirSync(join(root, 'node_modules/nx/dist/bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules/nx/dist/bin/nx.js'), build);
};

describe('npm start, before anything is installed or built,', () => {
  it.each(['--help', '-h'])('shows its flags for %s, and that is a success', async (flag) => {
    const { code, output } = await launch(flag).ended;
    expect([code, output]).toEqual([0, expect.stringContaining('--speed N')]);
    expect(output).not.toContain('Installing');
  });

  it.each([
    [['--speeed', '3'], '--speeed'],
    [['--speed', '601'], '601'],
    [['--speed='], '--speed'],
    [['--speed'], '--speed'],
    [['--bus', 'pigeons'], 'pigeons'],
    [['twice'], 'twice'],
  ])('refuses %j and names what it does not understand', async (flags, named) => {
    const { code, output } = await launch(...flags).ended;
    expect([code, output]).toEqual([2, expect.stringContaining(named)]);
    expect(output).not.toMatch(/Installing|\n\s+at /);
    expect(existsSync(join(root, 'node_modules'))).toBe(false);
  });
});

describe('npm start, in an environment that it cannot take,', () => {
  it.each([
    ['CLEANROOM_PORT_BASE', 'abc'],
    ['CLEANROOM_PORT_BASE', '80'],
    ['CLEANROOM_LOG_LEVEL', 'loud'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'nowhere'],
    ['KAFKA_BROKERS', 'kafka'],
  ])('refuses a %s of "%s" before anything is installed or built', async (name, value) => {
    const { code, output } = await launchWith({ [name]: value }).ended;
    expect([code, output]).toEqual([1, expect.stringContaining(`${name} takes`)]);
    expect(output).toContain(`not "${value}"`);
    expect(output).not.toMatch(/Installing|\n\s+at /);
  });
});

describe('npm start, with a flag that npm takes for its own,', () => {
  it.each([
    ['npm_config_reset', 'true', '--reset'],
    ['npm_config_bus', 'kafka', '--bus'],
    ['npm_config_jobs', '', '--no-jobs'],
  ])('says where the two dashes go: %s=%s', async (name, value, flag) => {
    process.env[name] = value;
    const { ended } = launch();
    delete process.env[name];
    const { code, output } = await ended;
    expect([code, output]).toEqual([2, expect.stringContaining(`npm start -- ${flag}`)]);
  });
});

describe('npm start, where what is installed is not what the lockfile wants,', () => {
  const path = (): string => join(root, 'path');
  beforeEach(() => {
    mkdirSync(path());
    installed('');
    writeFileSync(join(root, 'package-lock.json'), '{ "newer": true }');
  });

  it('installs it, once', async () => {
    const npm = join(path(), 'npm');
    writeFileSync(npm, `#!/bin/sh\necho "$@" >> '${root}/installs'\n`, { mode: 0o755 });
    const PATH = `${path()}:${process.env.PATH}`;
    const { output } = await launchWith({ PATH }).ended;
    expect(output).toContain('Installing packages');
    await launchWith({ PATH }).ended;
    const calls = readFileSync(join(root, 'installs'), 'utf8').trim().split('\n');
    expect(calls).toEqual([expect.stringMatching(/^install /)]);
  });

  it('says that npm is missing where it is', async () => {
    const { code, output } = await launchWith({ PATH: path() }).ended;
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('npm was not found. Install Node.js with npm'),
    ]);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('says why npm failed, and tries again next time', async () => {
    writeFileSync(join(path(), 'npm'), '#!/bin/sh\necho no such registry >&2\nexit 1\n', { mode: 0o755 });
    for (let time = 0; time < 2; time++) {
      const { code, output } = await launchWith({ PATH: `${path()}:${process.env.PATH}` }).ended;
      expect([code, output]).toEqual([1, expect.stringContaining('no such registry')]);
    }
  });
});

const isRunning = (pid: number): boolean => {
  try {
    // A zombie has ended: whoever started it has only not asked yet.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('npm start, while it builds,', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing behind after %s', async (signal) => {
    installed();
    const { child, ended } = launch();
    const file = join(root, 'build.json');
    await eventually(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('}'));
    const { pids, plugins } = JSON.parse(readFileSync(file, 'utf8')) as { pids: number[]; plugins: string };
    expect(pids.map(isRunning)).toEqual([true, true]);
    child.kill(signal);
    const { code, output } = await ended;
    expect([code, output]).toEqual([1, expect.stringContaining(`Given up (${signal})`)]);
    await eventually(() => !pids.some(isRunning));
    // Those of Nx leave every group.
    expect(plugins).toBe('false');
  });
});

describe('npm start, once it was built,', () => {
  const built = (): number => readFileSync(join(root, 'builds'), 'utf8').length;
  const project = (...path: string[]): string => join(root, 'libs/one', ...path);

  it('builds again only what changed or is gone: a running installation keeps the files that it runs from', async () => {
    installed(`
      const { appendFileSync, mkdirSync } = require('node:fs');
      appendFileSync('builds', '.');
      mkdirSync('libs/one/dist', { recursive: true });`);
    mkdirSync(project('src'), { recursive: true });
    writeFileSync(project('project.json'), '{ "targets": { "build": {} } }');
    await launch().ended;
    await launch().ended;
    expect(built()).toBe(1);
    writeFileSync(project('src', 'new.ts'), '');
    await launch().ended;
    expect(built()).toBe(2);
    rmSync(project('dist'), { recursive: true });
    await launch().ended;
    expect(built()).toBe(3);
  });
});
