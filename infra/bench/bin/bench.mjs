import { runProgram } from './run-program.mjs';
import { SERVER_PROGRAMS } from './server-programs.mjs';

const args = process.argv.slice(2);
const all = args.includes('--all');
const rest = args.filter((arg) => arg !== '--all');
// Whoever brings a trace wants it planned, and nothing else.
const quick = rest.length > 0 ? ['planner'] : ['planner', 'money'];

let failed = false;
for (const name of quick) failed = (await runProgram(name, rest)) !== 0 || failed;
if (all) for (const name of SERVER_PROGRAMS) failed = (await runProgram(name)) !== 0 || failed;
process.exit(failed ? 1 : 0);
