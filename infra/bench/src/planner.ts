import { mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDescription } from './describe-traces.js';
import { measurePlanner } from './measure-planner.js';
import { loads, writeTraces } from './make-trace.js';
import { TraceError } from './parse-trace.js';
import { readTrace } from './read-trace.js';

const folder = new URL('../', import.meta.url);
const { values } = parseArgs({
  options: { trace: { type: 'string' }, 'make-traces': { type: 'boolean' } },
});

if (values['make-traces']) {
  writeTraces(new URL('traces/', folder));
  writeDescription(new URL('traces/', folder));
}
const files = values.trace
  ? [values.trace]
  : Object.keys(loads).map((name) => new URL(`traces/${name}.csv`, folder));

try {
  const tables = files.map((file) => measurePlanner(basename(String(file), '.csv'), readTrace(file)));
  const text = `# The planner measured\n\n${tables.join('\n')}`;
  process.stdout.write(text);
  mkdirSync(new URL('results/', folder), { recursive: true });
  // A trace of one's own is printed only: the results in the repository are those of the traces beside them.
  if (!values.trace) writeFileSync(new URL('results/planner.md', folder), text);
} catch (error) {
  if (!(error instanceof TraceError)) throw error;
  process.stderr.write(`${values.trace ?? 'trace'}: ${error.message}\n`);
  process.exitCode = 1;
}
