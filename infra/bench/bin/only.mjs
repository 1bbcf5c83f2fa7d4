import { runProgram } from './run-program.mjs';
import { SERVER_PROGRAMS } from './server-programs.mjs';

const [name, ...args] = process.argv.slice(2);
if (!SERVER_PROGRAMS.includes(name)) {
  process.stderr.write(`\n  Name one of ${SERVER_PROGRAMS.join(', ')}.\n\n`);
  process.exit(2);
}
process.exit(await runProgram(name, args));
