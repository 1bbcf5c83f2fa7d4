import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24, prepare, root } from './prepare.mjs';

const args = process.argv.slice(2);
const everyLevel = ['--selectProjects', 'unit', 'int', 'e2e', 'faults', '--maxWorkers', '2'];
/** What decides whether a change lands: minutes, and nothing that depends on how busy the machine is. */
const gate = [
  ['--selectProjects', 'unit', '--maxWorkers', '2'],
  ['--selectProjects', 'int', '--maxWorkers', '2', 'libs/(persistence|service-kit|testing|tooling)/'],
];

// The last line says how it ended, also where nothing could be installed or built.
const sayNothingRan = () => console.log('0 passed, 1 failed');
process.on('exit', sayNothingRan);
await prepare();
process.off('exit', sayNothingRan);
const results = args.length > 0 ? [runJest([...everyLevel, ...args])] : gate.map(runJest);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(
  `${total('numPassedTests')} passed, ${total('numFailedTests') + total('numRuntimeErrorTestSuites')} failed`,
);
process.exit(results.every(({ success }) => success) ? 0 : 1);

function runJest(jestArgs) {
  const output = join(tmpdir(), `cleanroom-jest-${process.pid}.json`);
  rmSync(output, { force: true });
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '-c',
    'libs/tooling/jest.config.mjs',
    '--passWithNoTests',
    '--json',
    '--outputFile',
    output,
  ];
  const { status } = spawnSync(node24, [...jest, ...jestArgs], {
    cwd: root,
    // The report goes to the file; on standard output it would only bury what the tests say.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}` },
  });
  try {
    return { ...JSON.parse(readFileSync(output, 'utf8')), success: status === 0 };
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1, success: false };
  }
}
