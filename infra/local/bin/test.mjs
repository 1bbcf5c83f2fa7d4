import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, node24, prepare, root } from './prepare.mjs';

const USAGE = `npm test                  what decides whether a change lands: unit, int and e2e specs
npm test -- PATH …        all specs whose path matches, those of the commands below included
npm run test:console      the console in a real browser; after two dashes, paths of some
npm run test:start        npm start begun, interrupted, begun again, stopped
npm run test:faults       fault, load and soak suites; after two dashes, paths of some`;

/** Longer than any suite takes: what hangs ends as a failure. */
const MOST_MS = 3 * 60 * 60_000;

const { values, positionals: paths } = readArgs();
const workers = ['--maxWorkers', '2'];
/** These mostly wait: for a retry, a lease, a message. Three times as many as the smallest machine has processors. */
const waitingWorkers = ['--maxWorkers', '6'];
const one = ['--maxWorkers', '1'];
const runs = runsOf(values);

// The last line says how it ended, also where nothing could be installed or built.
const sayNothingRan = () => console.log('0 passed, 1 failed');
process.on('exit', sayNothingRan);
await prepare();
process.off('exit', sayNothingRan);
const results = runs.map(runJest);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(
  `${total('numPassedTests')} passed, ${total('numFailedTests') + total('numRuntimeErrorTestSuites')} failed`,
);
process.exit(results.every(({ success }) => success) ? 0 : 1);

function runsOf({ browser, faults, start }) {
  if (browser) return [['--selectProjects', 'browser', ...one, ...paths]];
  if (faults) return [['--selectProjects', 'faults', ...one, ...paths]];
  if (start) return [['--selectProjects', 'start', ...one]];
  if (paths.length > 0)
    return [['--selectProjects', 'unit', 'int', 'e2e', 'start', 'faults', ...workers, ...paths]];
  return [
    ['--selectProjects', 'unit', 'together', ...waitingWorkers],
    // Whole installations have the processors to themselves: what they are to do in seconds is then not late.
    ['--selectProjects', 'e2e', ...workers],
  ];
}

function readArgs() {
  try {
    return parseArgs({
      options: { faults: { type: 'boolean' }, browser: { type: 'boolean' }, start: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    return fail(`${error.message}\n\n  ${USAGE.replaceAll('\n', '\n  ')}`);
  }
}

function runJest(jestArgs) {
  const output = join(tmpdir(), `cleanroom-jest-${process.pid}.json`);
  rmSync(output, { force: true });
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '-c',
    'libs/tooling/jest.config.mjs',
    // A server that a failed spec left open must not hold the run for ever.
    '--forceExit',
    '--json',
    '--outputFile',
    output,
  ];
  const { status } = spawnSync(node24, [...jest, ...jestArgs], {
    cwd: root,
    timeout: MOST_MS,
    killSignal: 'SIGKILL',
    // The report goes to the file; on standard output it would only bury what the tests say.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}` },
  });
  try {
    return { ...JSON.parse(readFileSync(output, 'utf8')), success: status === 0 };
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1, success: false };
  } finally {
    rmSync(output, { force: true });
  }
}
