// Runs under whatever Node the system has (20 or newer) and before anything is installed: built-in modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fingerprintOfSources, resultsAreThere } from './sources.mjs';

const OLDEST_NODE = 20;
/** What is told to end and does not within this time is killed. */
const PATIENCE_MS = 5_000;

/** The workspace's root, with a slash at the end. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Node 24, which the workspace brings along as the npm package `node`. */
export const node24 = `${root}node_modules/.bin/node`;

const stamp = `${root}node_modules/.cleanroom-installed`;
const buildStamp = `${root}node_modules/.cleanroom-built`;

export function fail(message) {
  console.error(`\n  ${message}\n`);
  process.exit(1);
}

/** Installs what is missing or stale and builds what changed. Says each step on standard error; ends the process where it cannot go on. */
export async function prepare() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE)
    fail(`Cleanroom needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}.`);
  await install();
  await build();
}

async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(node24) && isFresh(stamp, wanted)) return;
  // Not `npm ci`, which would begin with an empty folder each time: here what is there and right stays.
  await step('Installing packages', 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** Nx puts every result in place anew, even an unchanged one, under the feet of an installation that runs from it. */
async function build() {
  const wanted = fingerprintOfSources(root);
  if (isFresh(buildStamp, wanted) && resultsAreThere(root)) return;
  const nx = 'node_modules/nx/dist/bin/nx.js';
  await step('Building', node24, [nx, 'run-many', '-t', 'build', '--outputStyle=static']);
  writeFileSync(buildStamp, wanted);
}

const isFresh = (file, wanted) => existsSync(file) && readFileSync(file, 'utf8') === wanted;

async function step(title, command, args) {
  const started = Date.now();
  process.stderr.write(`  ${title} … `);
  const { code, error, output, interrupted } = await run(command, args);
  if (interrupted) fail(`Given up (${interrupted}); nothing is left running.`);
  if (error?.code === 'ENOENT') fail(`${command} was not found. Install Node.js with npm and try again.`);
  if (code !== 0) fail(`${title} failed:\n${output}`);
  process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Runs a program with all its descendants in a group of its own, and ends the group where this process is told to end. */
function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${root}node_modules/.bin:${process.env.PATH}`,
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      // Its plugins would each run in a process that outlives an interrupted build.
      NX_ISOLATE_PLUGINS: 'false',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  let interrupted;
  const stopListening = onEnd((signal) => {
    interrupted ??= signal;
    endGroup(child.pid, 'SIGTERM');
    setTimeout(() => endGroup(child.pid, 'SIGKILL'), PATIENCE_MS).unref();
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ error, output }));
    child.on('close', (code) => resolve({ code, output, interrupted }));
  }).finally(stopListening);
}

/** Calls back when this process is told to end, or when what started it, npm for one, is gone without a word. */
function onEnd(end) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, end);
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && end('SIGHUP'), 500);
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, end);
  };
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a program of the workspace under Node 24 in this terminal, passes signals on and ends with its exit code. Hands the
 * process back, for what it says over its channel.
 */
export function runUnderNode24(args, env = {}) {
  const child = spawn(node24, args, {
    cwd: root,
    // A channel besides: where this process is killed, its end is heard there.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env, PATH: `${root}node_modules/.bin:${process.env.PATH}` },
  });
  // Ctrl-C reaches the whole group by itself; what is sent to this process alone must be passed on.
  onEnd((signal) => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return child;
}
