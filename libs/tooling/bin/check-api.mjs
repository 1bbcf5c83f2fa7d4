#!/usr/bin/env node
// Refuses a public schema that lacks something of the contract with partner frontends, or that breaks what was
// published before: on main, unless that was taken back on purpose, and in the last version that was released.
// Usage: check-api.mjs [--contract FILE] [--before FILE] [--released FILE] [--schema FILE] [--not-yet FILE]
//   [--taken-back FILE]
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSchema, findBreakingChanges } from 'graphql';
import { contractGaps } from '../api/contract-gaps.mjs';

const root = new URL('../../../', import.meta.url);
const inRoot = (path) => fileURLToPath(new URL(path, root));
const PUBLISHED = 'infra/api/schema.graphql';
const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    contract: text,
    before: text,
    released: text,
    schema: text,
    'not-yet': text,
    'taken-back': text,
  },
});

const schema = buildSchema(readFileSync(values.schema ?? inRoot(PUBLISHED), 'utf8'));

/** What was published last: what landed on main, else what is committed here; nothing at the very start. */
function publishedBefore() {
  if (values.before) return readFileSync(values.before, 'utf8');
  for (const ref of ['origin/main', 'HEAD']) {
    try {
      return execFileSync('git', ['show', `${ref}:${PUBLISHED}`], {
        cwd: fileURLToPath(root),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      // A clone without that branch, or a history from before the file.
    }
  }
  return undefined;
}

/** In a clean clone of main there is nothing else to compare with. */
function releasedBefore() {
  const file = values.released ?? inRoot('infra/api/released.graphql');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The entries of a list, one a line. */
function listed(name) {
  const file = values[name] ?? inRoot(`infra/api/${name}.txt`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
}

function contractProblems() {
  const file = values.contract ?? inRoot('../shared/api.graphql');
  if (!existsSync(file)) return [];
  return contractGaps(buildSchema(readFileSync(file, 'utf8')), schema, listed('not-yet'));
}

function breakingProblems() {
  const takenBack = new Set(listed('taken-back'));
  const sinceMain = breaksSince(publishedBefore()).filter((broken) => !takenBack.has(broken));
  const breaks = new Set([...sinceMain, ...breaksSince(releasedBefore())]);
  return [...breaks].map((broken) => `Breaks clients: ${broken}`);
}

/** @param before a schema; undefined where there was none */
function breaksSince(before) {
  if (before === undefined) return [];
  return findBreakingChanges(buildSchema(before), schema).map(({ description }) => description);
}

const problems = [...contractProblems(), ...breakingProblems()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
