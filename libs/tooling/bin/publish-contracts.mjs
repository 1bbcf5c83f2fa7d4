#!/usr/bin/env node
// Makes the API and the events as they are now what every later version is compared with. Only for a version that
// infra/CHANGELOG.md names above the one that was released last. Usage: publish-contracts.mjs [--root FOLDER]
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { root: { type: 'string' } } });
const root = values.root ?? fileURLToPath(new URL('../../..', import.meta.url));
const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');

const RELEASED = 'infra/api/released.graphql';
const [, wanted] = /^## (\d+\.\d+\.\d+)$/m.exec(read('infra/CHANGELOG.md')) ?? [];
const [, last = '0.0.0'] = /^# Version (\S+)$/m.exec(read(RELEASED)) ?? [];

if (!wanted || !isAbove(wanted, last)) {
  console.error(
    `Version ${last} is released. Name the next one in infra/CHANGELOG.md first, as its first heading.`,
  );
  process.exit(1);
}
execFileSync('buf', ['build', 'proto', '--exclude-source-info', '-o', 'proto/published.binpb'], {
  cwd: root,
  stdio: 'inherit',
});
// It says which version was released, so it comes last: where the events cannot be taken, nothing was released.
writeFileSync(join(root, RELEASED), `# Version ${wanted}\n\n${read('infra/api/schema.graphql')}`);
console.log(`The API and the events are released as ${wanted}.`);

function isAbove(one, other) {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  const place = a.findIndex((number, index) => number !== b[index]);
  return place >= 0 && a[place] > b[place];
}
