import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { node24, prepare } from '../../local/bin/prepare.mjs';

/** Builds what changed and runs one of the programs in this terminal; resolves with its exit code. */
export async function runProgram(name, args = []) {
  await prepare();
  const program = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
  return spawnSync(node24, [program, ...args], { stdio: 'inherit' }).status ?? 1;
}
