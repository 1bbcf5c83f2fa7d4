#!/usr/bin/env node
// Refuses a workspace in which generated files differ from what is committed or about to be, or are known to nobody: what
// was generated a moment ago is what must be there. Usage: check-generated.mjs PATH…
import { spawnSync } from 'node:child_process';

const paths = process.argv.slice(2);
const git = (...args) => spawnSync('git', [...args, '--', ...paths], { encoding: 'utf8' });

const { status, stdout, stderr } = git('status', '--porcelain', '--untracked-files=all');
// The first column is what is staged: that will be committed.
const wrong = stdout.split('\n').filter((line) => line !== '' && line[1] !== ' ');
if (status !== 0 || wrong.length > 0) {
  const files = wrong.map((line) => `${line}\n`).join('');
  console.error(`Generated files are not as committed:\n${files}${stderr}${git('diff').stdout}`);
  process.exitCode = 1;
}
