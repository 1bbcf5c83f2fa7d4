// Runs every part of `npm run check`, so that one round shows all that is wrong, some of them side by side.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';

/** It writes what the others read, so that nothing runs beside it. */
const first = 'generated';
/** The longest first. */
const others = ['lint', 'types', 'format', 'api', 'deployment', 'events'];

const failed = [];
await run(first);
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
if (failed.length > 0)
  console.error(`\nNot as it should be: ${failed.map((part) => `check:${part}`).join(', ')}`);
process.exit(failed.length > 0 ? 1 : 0);

async function work() {
  for (let part = others.shift(); part; part = others.shift()) await run(part);
}

async function run(part) {
  const began = performance.now();
  const { ok, output } = await outcomeOf(part);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'failed'} check:${part}  ${seconds} s`);
  if (ok) return;
  failed.push(part);
  console.log(output);
}

function outcomeOf(part) {
  const child = spawn('npm', ['run', '--silent', `check:${part}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}
