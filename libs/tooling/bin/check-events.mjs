#!/usr/bin/env node
// Refuses events that break who reads them: compares proto/ with what landed last, and with the last version that was
// released. Usage: check-events.mjs [--before FOLDER] [--proto FOLDER]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { values } = parseArgs({ options: { before: { type: 'string' }, proto: { type: 'string' } } });

const git = (...args) =>
  execFileSync('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 });

/** What had landed when this work was begun; undefined in a clone that knows no other commit. */
function landedBefore() {
  const head = commit('rev-parse', 'HEAD^{commit}');
  // Not main itself: it may have gone on, and what came since is not missing here.
  const begun = ['origin/main', 'main'].map((ref) => commit('merge-base', ref, 'HEAD'));
  return [...begun, commit('rev-parse', 'HEAD^^{commit}')].find((found) => found && found !== head);
}

function commit(...question) {
  try {
    return git(...question)
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

/** Lays out proto/ of a commit in a folder. */
function layOut(ref, folder) {
  const archive = git('archive', ref, 'proto');
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  return join(folder, 'proto');
}

function compare(before, name) {
  const { status } = spawnSync('buf', ['breaking', values.proto ?? 'proto', '--against', before], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) return;
  console.error(
    `The events break those who know them as of ${name}: see "How an event may change" in proto/README.md.`,
  );
  process.exitCode = 1;
}

/** In a clean clone of main there is nothing else to compare with. */
const PUBLISHED = join(root, 'proto/published.binpb');

if (values.before) {
  compare(values.before, values.before);
} else {
  if (existsSync(PUBLISHED)) compare(PUBLISHED, 'the last release');
  const ref = landedBefore();
  const folder = mkdtempSync(join(tmpdir(), 'cleanroom-proto-'));
  try {
    if (ref) compare(layOut(ref, folder), ref);
    else
      console.error(
        '\n  NOT CHECKED: whether events break their readers. This clone knows no earlier commit.\n',
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
