#!/usr/bin/env node
// Writes the map event → producer → consumers into proto/README.md, from topics.ts. Refuses a map that the services do not
// keep to.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { mapProblems } from '../events/map-problems.mjs';
import { readTopics } from '../events/read-topics.mjs';
import { readUsage } from '../events/read-usage.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const target = `${root}proto/README.md`;
const [BEGIN, END] = ['<!-- the map: made by npm run generate:events -->', '<!-- end of the map -->'];

const topics = await readTopics();
const problems = mapProblems(topics, readUsage(root));
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exit(1);
}

const rows = Object.values(topics).map(
  ({ name, schema, key, producer, consumers, partitions, retentionHours, keepsLast }) =>
    `| \`${name}\` | \`${schema.typeName.split('.').at(-1)}\` by \`${key}\` | ${producer} | ${consumers.join(', ')} | ${partitions} × ${retentionHours / 24} days${keepsLast ? ', the last of a key for good' : ''} |`,
);
const map = [
  '| topic | message, by key | said by | read by | kept |',
  '| --- | --- | --- | --- | --- |',
  ...rows,
];

const readme = readFileSync(target, 'utf8');
const [before, after] = [readme.split(BEGIN)[0], readme.split(END)[1]];
if (after === undefined) {
  console.error(`${target} has no place for the map: it lacks the lines "${BEGIN}" and "${END}".`);
  process.exit(1);
}
const text = `${before}${BEGIN}\n\n${map.join('\n')}\n\n${END}${after}`;
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: 'markdown' }));
