import { parseArgs } from 'node:util';
import { fail } from '../../local/bin/prepare.mjs';
import { runProgram } from './run-program.mjs';
import { SERVER_PROGRAMS } from './server-programs.mjs';

const USAGE = `npm run bench                     the planner over a week of jobs, and money
npm run bench -- --trace FILE     the planner over jobs of your own, as CSV
npm run bench -- --make-traces    the traces that ship, made anew, and the planner over them
npm run bench -- --all            everything, whole installations too: half an hour`;

const { all, trace, 'make-traces': makeTraces } = readArgs();
// Whoever brings a trace wants it planned, and nothing else.
const plannerArgs = trace ? ['--trace', trace] : makeTraces ? ['--make-traces'] : [];
const quick = plannerArgs.length > 0 ? ['planner'] : ['planner', 'money'];

let failed = false;
for (const name of quick) failed = (await runProgram(name, plannerArgs)) !== 0 || failed;
if (all) for (const name of SERVER_PROGRAMS) failed = (await runProgram(name)) !== 0 || failed;
process.exit(failed ? 1 : 0);

function readArgs() {
  try {
    const { values } = parseArgs({
      options: {
        ...{ all: { type: 'boolean' }, trace: { type: 'string' }, 'make-traces': { type: 'boolean' } },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (!values.help) return values;
  } catch (error) {
    return fail(`${error.message}\n\n  ${USAGE.replaceAll('\n', '\n  ')}`);
  }
  console.log(USAGE);
  return process.exit(0);
}
