import { globSync, readFileSync } from 'node:fs';

const READS = /\bconsumer\(\s*topics\.(\w+)/g;
const WRITES = /\bappendEvent\(\s*[\w.]+,\s*topics\.(\w+)/g;

/**
 * Which topics services read and write, by what their sources say.
 *
 * @param {string} root folder with `services`
 * @returns {Record<string, { reads: Set<string>, writes: Set<string> }>} by service; topics by their name in the code
 */
export function readUsage(root) {
  const usage = {};
  for (const file of globSync('services/*/src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.spec.ts')) continue;
    const service = file.split('/')[1];
    const source = readFileSync(`${root}/${file}`, 'utf8');
    usage[service] ??= { reads: new Set(), writes: new Set() };
    for (const [, topic] of source.matchAll(READS)) usage[service].reads.add(topic);
    for (const [, topic] of source.matchAll(WRITES)) usage[service].writes.add(topic);
  }
  return usage;
}
